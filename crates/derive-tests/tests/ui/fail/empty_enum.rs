//! An enum without variants.

use hardened::Setting;

#[derive(Debug, Setting)]
enum Never {}

#[derive(Debug, Config)]
struct Settings {
    never: Option<Never>,
}

fn main() {
    let _ = Settings::load();
}
