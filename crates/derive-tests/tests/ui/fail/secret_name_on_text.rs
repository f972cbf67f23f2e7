//! Showing types in fields that are named like secrets.

use hardened::Config;
use url::Url;

use std::path::PathBuf;

#[derive(Debug, Config)]
struct Settings {
    api_key: String,
    db_password: Option<String>,
    refresh_tokens: Vec<String>,
    private_key: PathBuf,
    sentry_dsn: Url,
    #[config(parse)]
    session_secret: Foreign,
    #[config(deserialize)]
    credentials: Vec<String>,
    stripe_token: Text,
}

type Text = String;

#[derive(Debug)]
struct Foreign;

impl std::str::FromStr for Foreign {
    type Err = ();

    fn from_str(_: &str) -> Result<Self, ()> {
        Ok(Self)
    }
}

fn main() {
    let _ = Settings::load();
}
