//! A type that is no group.

use hardened::Config;

#[derive(Debug, Config)]
struct Settings {
    #[config(nested)]
    group: Group,
    #[config(nested)]
    other: Option<Group>,
}

#[derive(Debug)]
struct Group;

fn main() {
    let _ = Settings::load();
}
