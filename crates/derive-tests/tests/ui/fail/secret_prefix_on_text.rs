//! A prefix that makes a variable read like a secret.

use hardened::Config;

#[derive(Debug, Config)]
#[config(prefix = "PASSWORD_")]
struct Settings {
    hash: String,
}

fn main() {
    let _ = Settings::load();
}
