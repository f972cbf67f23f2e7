//! `not_secret` without a reason, and with a blank one.

use hardened::Config;

#[derive(Debug, Config)]
struct Settings {
    #[config(not_secret)]
    api_key: String,
    #[config(not_secret = "  ")]
    token: String,
}

fn main() {
    let _ = Settings::load();
}
