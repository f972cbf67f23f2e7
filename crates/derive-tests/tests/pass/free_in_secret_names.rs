//! Fields whose type cannot hold a secret may have any name, and fields with a secret type may be named like secrets.
#![allow(dead_code)]

use std::time::Duration;

use hardened::{AuthSecret, Config, JwtSecret, SecretText, Setting};

#[derive(Config)]
struct Settings {
    max_tokens: u32,
    require_password: bool,
    rotate_secret: Duration,
    token: Tokens,
    tokens: Option<Vec<Tokens>>,
    token_ratio: f64,
    prompt_tokens: u32,
    rng_seed: u64,
    seed: u64,
    token_lifetime: u32,
    key_count: u32,
    hook_count: u32,
    secret_name: String,
    keyboard: String,
    git_hook: String,
    session_cookie_name: String,
    #[config(parse, not_secret = "handed to a client that keeps it")]
    legacy: SecretString,
    password: SecretText,
    api_keys: Vec<SecretText>,
    signing_key: JwtSecret,
    auth_secret: Option<AuthSecret>,
    public_key: String,
    key_id: String,
    token_url: String,
    #[config(not_secret = "the key of a row")]
    row_secret: String,
    #[config(parse, not_secret = "a fingerprint")]
    key_print: Vec<std::net::IpAddr>,
}

struct SecretString;

impl std::str::FromStr for SecretString {
    type Err = ();

    fn from_str(_: &str) -> Result<Self, ()> {
        Ok(Self)
    }
}

#[derive(Setting)]
enum Tokens {
    Opaque,
    Signed,
}
