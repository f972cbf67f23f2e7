//! One variable that is named twice.

use hardened::Config;

#[derive(Debug, Config)]
struct Settings {
    #[config(env = ["PORT", "PORT"])]
    port: u16,
}

fn main() {
    let _ = Settings::load();
}
