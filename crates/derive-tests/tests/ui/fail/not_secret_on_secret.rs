//! A secret type that is said to be no secret.

use hardened::{Config, SecretText};

#[derive(Debug, Config)]
struct Settings {
    #[config(not_secret = "everybody knows it")]
    api_key: SecretText,
}

fn main() {
    let _ = Settings::load();
}
