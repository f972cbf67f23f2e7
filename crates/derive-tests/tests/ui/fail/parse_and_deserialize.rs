//! A type that is read in two ways.

use hardened::Config;

#[derive(Debug, Config)]
struct Settings {
    #[config(parse, deserialize)]
    address: std::net::IpAddr,
}

fn main() {
    let _ = Settings::load();
}
