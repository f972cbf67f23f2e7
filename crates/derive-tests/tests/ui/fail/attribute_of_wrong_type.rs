//! Attributes with a value of the wrong type.

use hardened::Config;

#[derive(Debug, Config)]
struct Settings {
    #[config(env = 5)]
    one: u16,
    #[config(example = true)]
    two: u16,
    #[config(env = ["A", B])]
    three: u16,
}

fn main() {
    let _ = Settings::load();
}
