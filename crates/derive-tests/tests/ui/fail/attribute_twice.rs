//! Attributes that are given twice.

use hardened::Config;

#[derive(Debug, Config)]
#[config(prefix = "A_", prefix = "B_")]
struct Settings {
    #[config(default = 1, default = 2)]
    port: u16,
    #[config(show)]
    #[config(show)]
    name: String,
}

fn main() {
    let _ = Settings::load();
}
