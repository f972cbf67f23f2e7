//! A default on a list of secrets, an empty one too.

use hardened::{Config, SecretText};

#[derive(Debug, Config)]
struct Settings {
    #[config(default = ["hunter2"])]
    api_keys: Vec<SecretText>,
    #[config(default = [])]
    tokens: Vec<SecretText>,
}

fn main() {
    let _ = Settings::load();
}
