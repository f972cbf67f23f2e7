//! Prefixes that no variable can begin with.

use hardened::Config;

#[derive(Debug, Config)]
#[config(prefix = "A-")]
struct Group {
    port: u16,
}

#[derive(Debug, Config)]
struct Settings {
    #[config(nested, prefix = "2_")]
    group: Group,
}

fn main() {
    let _ = Settings::load();
}
