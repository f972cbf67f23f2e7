//! Types from elsewhere that keep a secret which no rule judges, whatever the field is called.

use hardened::Config;

#[derive(Debug, Config)]
struct Settings {
    #[config(deserialize, default = "hunter2")]
    stripe: SecretString,
    #[config(parse)]
    mail: Option<SecretString>,
    #[config(deserialize)]
    partners: Vec<Zeroizing<String>>,
}

#[derive(Debug, serde::Deserialize)]
struct SecretString;

#[derive(Debug, serde::Deserialize)]
struct Zeroizing<T>(T);

impl std::str::FromStr for SecretString {
    type Err = ();

    fn from_str(_: &str) -> Result<Self, ()> {
        Ok(Self)
    }
}

fn main() {
    let _ = Settings::load();
}
