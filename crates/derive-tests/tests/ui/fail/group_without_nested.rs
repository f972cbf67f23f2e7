//! A group that is not marked as one.

use hardened::Config;

#[derive(Debug, Config)]
struct Group {
    port: u16,
}

#[derive(Debug, Config)]
struct Settings {
    group: Group,
}

fn main() {
    let _ = Settings::load();
}
