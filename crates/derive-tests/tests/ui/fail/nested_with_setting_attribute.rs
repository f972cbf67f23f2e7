//! Attributes of a setting on a group.

use hardened::Config;

#[derive(Debug, Config)]
struct Group {
    port: u16,
}

#[derive(Debug, Config)]
struct Settings {
    #[config(nested, env = "A")]
    one: Group,
    #[config(nested, default = 1)]
    two: Group,
    #[config(nested, parse)]
    three: Group,
    #[config(nested, show)]
    four: Group,
}

fn main() {
    let _ = Settings::load();
}
