//! Attributes that take no value.

use hardened::Config;

#[derive(Debug, Config)]
struct Settings {
    #[config(show = true)]
    one: u16,
    #[config(nested("x"))]
    two: u16,
}

fn main() {
    let _ = Settings::load();
}
