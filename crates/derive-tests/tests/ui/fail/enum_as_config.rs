//! An enum is a setting, and a struct a group.

#[derive(Debug, hardened::Config)]
enum Level {
    Low,
    High,
}

#[derive(Debug, hardened::Setting)]
struct Settings {
    port: u16,
}

fn main() {}
