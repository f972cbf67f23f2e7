//! A default on a secret behind an alias.

use hardened::{Config, SecretText};

type Innocent = Vec<SecretText>;

#[derive(Debug, Config)]
struct Settings {
    #[config(default = "hunter2")]
    colour: Innocent,
}

fn main() {
    let _ = Settings::load();
}
