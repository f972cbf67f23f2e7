//! Functions that do not exist.

use hardened::Config;

#[derive(Debug, Config)]
#[config(check = missing(port), loader = absent)]
struct Settings {
    port: u16,
}

fn main() {
    let _ = Settings::load();
}
