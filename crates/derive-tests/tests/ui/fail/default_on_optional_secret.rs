//! A default on a secret in an `Option`.

use hardened::{Config, SecretText};

#[derive(Debug, Config)]
struct Settings {
    #[config(default = "hunter2")]
    api_key: Option<SecretText>,
}

fn main() {
    let _ = Settings::load();
}
