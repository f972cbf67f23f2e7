//! A tuple struct, loaded and as a setting.

use hardened::Config;

#[derive(Debug, Config)]
struct Port(u16);

#[derive(Debug, Config)]
struct Settings {
    port: Port,
}

fn main() {
    let _ = Settings::load();
    let _ = Port::load();
}
