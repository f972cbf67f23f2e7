//! A type that does not exist.

use hardened::Config;

#[derive(Debug, Config)]
struct Settings {
    port: Prot,
}

fn main() {
    let _ = Settings::load();
}
