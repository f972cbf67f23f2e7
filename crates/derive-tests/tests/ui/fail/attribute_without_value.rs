//! Attributes that need a value.

use hardened::Config;

#[derive(Debug, Config)]
#[config(check)]
struct Settings {
    #[config(env)]
    one: u16,
    #[config(default)]
    two: u16,
    #[config(env("THREE"))]
    three: u16,
    #[config(default = )]
    four: u16,
}

fn main() {
    let _ = Settings::load();
}
