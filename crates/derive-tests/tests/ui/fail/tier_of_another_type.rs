//! The tier in a field of another type.

use hardened::Config;

#[derive(Debug, Config)]
struct Settings {
    #[config(tier)]
    tier: String,
}

fn main() {
    let _ = Settings::load();
}
