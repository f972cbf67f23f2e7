//! `#[config]` that is no list.

use hardened::Config;

#[derive(Debug, Config)]
struct Settings {
    #[config]
    one: u16,
    #[config = "x"]
    two: u16,
    #[config("x")]
    three: u16,
}

fn main() {
    let _ = Settings::load();
}
