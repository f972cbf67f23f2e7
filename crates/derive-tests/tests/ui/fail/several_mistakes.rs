//! Several mistakes in one struct: one error each.

use hardened::Config;

#[derive(Debug, Config)]
struct Settings {
    #[config(default = 1, shwo)]
    one: Option<u8>,
    #[config(env = "ONE")]
    two: u8,
    #[config(prefix = "A_")]
    three: u8,
}

fn main() {
    let _ = Settings::load();
}
