//! A prefix on one setting.

use hardened::Config;

#[derive(Debug, Config)]
struct Settings {
    #[config(prefix = "A_")]
    port: u16,
}

fn main() {
    let _ = Settings::load();
}
