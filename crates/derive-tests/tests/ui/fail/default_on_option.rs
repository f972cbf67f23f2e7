//! A default on an optional setting.

use hardened::Config;

#[derive(Debug, Config)]
struct Settings {
    #[config(default = 8080)]
    port: Option<u16>,
}

fn main() {
    let _ = Settings::load();
}
