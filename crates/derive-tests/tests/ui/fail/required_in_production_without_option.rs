//! A field that is there in every tier cannot be required in one only.

use hardened::{Config, SecretText};

type Perhaps = Option<u16>;

#[derive(Debug, Config)]
struct Group {
    host: String,
}

#[derive(Debug, Config)]
struct Settings {
    #[config(required_in_production)]
    sentry_dsn: SecretText,
    #[config(parse, required_in_production)]
    address: std::net::IpAddr,
    #[config(required_in_production)]
    hidden: Perhaps,
    #[config(nested, required_in_production)]
    group: Group,
}

fn main() {
    let _ = Settings::load();
}
