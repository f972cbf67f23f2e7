//! Two settings that read the same variable.

use hardened::Config;

#[derive(Debug, Config)]
struct Settings {
    port: u16,
    #[config(env = ["API_PORT", "PORT"])]
    api_port: u16,
}

fn main() {
    let _ = Settings::load();
}
