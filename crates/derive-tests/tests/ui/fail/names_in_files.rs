//! Keys and aliases that cannot be meant.

use hardened::{Config, Tier};

#[derive(Debug, Config)]
struct Settings {
    #[config(key = "a.b", default = 1)]
    dotted: u8,
    #[config(key = "host", default = 1)]
    server: u8,
    #[config(default = 1)]
    host: u8,
    #[config(alias = "other", default = 1)]
    one: u8,
    #[config(alias = "other", default = 1)]
    two: u8,
    #[config(alias = "same", alias = "same", default = 1)]
    same_twice: u8,
    #[config(alias = "", default = 1)]
    blank: u8,
    #[config(deprecated = "use HOST")]
    required: u8,
    #[config(tier, key = "stage")]
    tier: Tier,
    #[config(nested, deprecated = "use HOST")]
    group: Inner,
}

#[derive(Debug, Config)]
#[config(rename_all = "camel")]
struct Inner {
    port: Option<u16>,
}

#[derive(Debug, Config)]
#[config(rename_all = "lowercase")]
struct Collide {
    max_size: Option<u16>,
    maxsize: Option<u16>,
}

fn main() {
    let _ = Settings::load();
}
