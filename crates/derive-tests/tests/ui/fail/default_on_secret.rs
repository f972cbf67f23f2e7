//! A default on a secret.

use hardened::{Config, SecretText};

#[derive(Debug, Config)]
struct Settings {
    #[config(default = "hunter2")]
    api_key: SecretText,
}

fn main() {
    let _ = Settings::load();
}
