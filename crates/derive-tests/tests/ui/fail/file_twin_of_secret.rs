//! A setting that reads the variable which names the file of a secret, or of a setting marked `file`.

use hardened::{Config, SecretText};

#[derive(Debug, Config)]
struct Settings {
    api_key: SecretText,
    #[config(env = "API_KEY_FILE")]
    path: String,
    #[config(file)]
    motd: String,
    motd_file: String,
    log: String,
    log_file: String,
}

fn main() {
    let _ = Settings::load();
}
