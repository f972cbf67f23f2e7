//! Numbers in fields that are named like secrets.

use hardened::Config;

#[derive(Debug, Config)]
struct Settings {
    #[config(default = 123456)]
    api_token: u64,
    pin: Option<u32>,
    #[config(env = "OTP_SEED")]
    start: Vec<u64>,
}

fn main() {
    let _ = Settings::load();
}
