//! Values from JSON, through the service's own provider.
//!
//! ```text
//! ENVIRONMENT=production cargo run --example providers
//! ```
//!
//! figment has providers for JSON and YAML behind features; this one shows how little code a provider needs. A provider must
//! not deliver a declared secret: the service then refuses to start.

use std::path::{Path, PathBuf};

use figment::{
    Error, Metadata, Profile, Provider,
    value::{Dict, Map},
};
use hardened::{Config, Environment, Loaded, Loader, SecretText};

/// The settings of the service.
#[derive(Debug, Config)]
struct Settings {
    /// Port to listen on.
    #[config(default = 8080)]
    port: u16,
    /// Where files are kept.
    #[config(nested)]
    storage: Storage,
    /// The token of the mail service: from the environment or a mounted file, never from a provider.
    mail_token: Option<SecretText>,
}

/// Where files are kept.
#[derive(Debug, Config)]
#[config(prefix = "STORAGE_")]
struct Storage {
    /// The region.
    #[config(show)]
    region: String,
    /// How many tries.
    #[config(default = 3)]
    tries: u8,
}

/// A JSON file.
struct Json(PathBuf);

impl Provider for Json {
    /// Returns the name that reports show.
    fn metadata(&self) -> Metadata {
        Metadata::named("JSON file")
    }

    /// Returns the values for every tier. The text of an error is never shown, because it could contain a value.
    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        let text = std::fs::read_to_string(&self.0).map_err(|error| Error::from(error.to_string()))?;
        let values: Dict = serde_json::from_str(&text).map_err(|error| Error::from(error.to_string()))?;
        Ok(Profile::Default.collect(values))
    }
}

/// Loads with one JSON file. A real service adds its provider in `#[config(loader = path)]`.
fn load(json: &Path) -> String {
    let environment = Environment::empty().set("ENVIRONMENT", "production");
    match Loader::new().environment(environment).figment(Json(json.to_owned())).load::<Settings>() {
        Ok(settings) => {
            let Settings { port, storage: Storage { region, tries }, mail_token } = &*settings;
            format!("{}\n{port} {region} {tries} {}", Loaded::table(&settings), mail_token.is_some())
        }
        Err(refusal) => refusal.to_string(),
    }
}

fn main() -> std::io::Result<()> {
    let directory = std::env::temp_dir().join(format!("hardened-providers-{}", std::process::id()));
    std::fs::create_dir_all(&directory)?;
    for (name, json) in [
        ("good.json", r#"{ "port": 9000, "storage": { "region": "eu-central-1" } }"#),
        ("secret.json", r#"{ "storage": { "region": "eu-central-1" }, "mail_token": "T0ken-in-a-file" }"#),
        ("broken.json", r#"{ "port": 9000, "#),
    ] {
        let path = directory.join(name);
        std::fs::write(&path, json)?;
        show(name, &load(&path));
    }
    std::fs::remove_dir_all(directory)
}

#[expect(clippy::print_stdout, reason = "an example shows what it does")]
fn show(name: &str, outcome: &str) {
    println!("== {name}\n{outcome}\n");
}
