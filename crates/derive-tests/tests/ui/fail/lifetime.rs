//! A lifetime.

use hardened::Config;

#[derive(Debug, Config)]
struct Settings<'a> {
    name: &'a str,
}

fn main() {
    let _ = Settings::load();
}
