//! A unit struct.

use hardened::Config;

#[derive(Debug, Config)]
struct Settings;

fn main() {
    let _ = Settings::load();
}
