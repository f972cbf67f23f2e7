//! A secret that is to be shown.

use hardened::{Config, SecretText};

#[derive(Debug, Config)]
struct Settings {
    #[config(show)]
    api_key: SecretText,
}

fn main() {
    let _ = Settings::load();
}
