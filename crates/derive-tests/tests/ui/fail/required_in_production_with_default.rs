//! What has a default is never absent.

use hardened::Config;

#[derive(Debug, Config)]
struct Group {
    host: String,
}

#[derive(Debug, Config)]
struct Settings {
    #[config(required_in_production, default = 1)]
    one: u16,
    #[config(default = 2, required_in_production)]
    two: Option<u16>,
    #[config(nested, required_in_production, default = 3)]
    three: Option<Group>,
}

fn main() {
    let _ = Settings::load();
}
