//! A union.

use hardened::Config;

#[derive(Config)]
union Settings {
    one: u8,
    two: i8,
}

fn main() {
    let _ = Settings::load();
}
