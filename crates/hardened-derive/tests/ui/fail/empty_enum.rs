//! An enum without variants.

use hardened::Config;

#[derive(Debug, Config)]
enum Never {}

#[derive(Debug, Config)]
struct Settings {
    never: Option<Never>,
}

fn main() {
    let _ = Settings::load();
}
