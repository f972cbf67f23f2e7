//! Every source in every tier for every kind of setting: whether it is read, and the provenance that is reported.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(all(unix, feature = "derive", feature = "files"))]

use std::collections::BTreeMap;

use figment::{Figment, providers::Serialized};
use hardened::{Config, Environment, JwtSecret, Loaded, Loader, Report, SecretText, Tier, report::SettingState};
use test_support::{KEY, Scratch};

#[derive(Debug, Config)]
#[allow(dead_code, reason = "judged by the table")]
struct Settings {
    /// A key.
    key: Option<JwtSecret>,
    /// A credential.
    token: Option<SecretText>,
    /// Text.
    region: Option<String>,
    /// Text that may stand in a file.
    #[config(file)]
    banner: Option<String>,
    /// A number.
    workers: Option<u16>,
    /// A list.
    peers: Option<Vec<String>>,
    /// Something with a default.
    #[config(default = "fallback")]
    fallback: String,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Source {
    Variable,
    NamedFile,
    SecretDirectory,
    Dotenv,
    Toml,
    Provider,
}
use Source::{Dotenv, NamedFile, Provider, SecretDirectory, Toml, Variable};

const SOURCES: [Source; 6] = [Variable, NamedFile, SecretDirectory, Dotenv, Toml, Provider];

/// The field, a value of its kind, whether it is a secret, and whether it may be in a separate file.
const KINDS: [(&str, &str, bool, bool); 6] = [
    ("key", KEY, true, true),
    ("token", "q8ZxT3vB7nM1kL5jH9gF2dS6", true, true),
    ("region", "eu-central-1", false, false),
    ("banner", "hello there", false, true),
    ("workers", "0012", false, false),
    ("peers", "a, b", false, false),
];

/// The outcome of a value in a source.
#[derive(Debug, PartialEq)]
enum Outcome {
    Read,
    NotRead,
    Refused,
}

/// The specified table of outcomes.
fn expected(source: Source, tier: Tier, secret: bool, in_file: bool) -> Outcome {
    match source {
        Variable => Outcome::Read,
        NamedFile | SecretDirectory if in_file => Outcome::Read,
        NamedFile | SecretDirectory => Outcome::NotRead,
        Dotenv if tier.is_hardened() => Outcome::NotRead,
        Dotenv => Outcome::Read,
        Toml | Provider if secret => Outcome::Refused,
        Toml | Provider => Outcome::Read,
    }
}

/// Loads one value from one source, and returns the report, and the state and provenance of the setting.
fn load(
    source: Source,
    tier: Tier,
    field: &'static str,
    value: &str,
    scratch: &Scratch,
) -> (Report, Option<(SettingState, String)>) {
    let name = field.to_uppercase();
    let environment = Environment::empty().set("ENVIRONMENT", tier.name());
    let mut loader = Loader::new();
    let environment = match source {
        Variable => environment.set(name, value),
        NamedFile => environment.set(format!("{name}_FILE"), scratch.file("named", format!("{value}\n"))),
        SecretDirectory => {
            scratch.file(&format!("mounted/{field}"), value);
            environment.set("CREDENTIALS_DIRECTORY", scratch.path().join("mounted"))
        }
        Dotenv => {
            scratch.file(".env", format!("{name}='{value}'\n"));
            environment.working_directory(scratch.path())
        }
        Toml => {
            scratch.file("hardened.toml", format!("{field} = '{value}'\n"));
            environment.working_directory(scratch.path())
        }
        Provider => {
            loader = loader.figment(Figment::from(Serialized::default(field, value)));
            environment
        }
    };
    let (report, table) = match loader.environment(environment).load::<Settings>() {
        Ok(loaded) => (Loaded::report(&loaded).clone(), Loaded::table(&loaded).clone()),
        Err(refusal) => (refusal.report().clone(), refusal.table().clone()),
    };
    let row = table.rows().iter().find(|row| row.path() == field).unwrap();
    (report, row.provenance().map(|provenance| (row.state(), provenance.to_string())))
}

/// Returns the name of the source in reports.
fn place(source: Source, field: &str, scratch: &Scratch) -> String {
    let path = |name: &str| scratch.path().join(name).display().to_string();
    match source {
        Variable => format!("variable {}", field.to_uppercase()),
        NamedFile => format!("{} ({}_FILE)", path("named"), field.to_uppercase()),
        SecretDirectory => path(&format!("mounted/{field}")),
        Dotenv => format!("{}:1", path(".env")),
        Toml => format!("{}:1:{}", path("hardened.toml"), field.len() + 4),
        Provider => "provider".to_owned(),
    }
}

#[test]
fn every_source_in_every_tier_for_every_kind() {
    for source in SOURCES {
        for tier in Tier::ALL {
            for (field, value, secret, in_file) in KINDS {
                let scratch = Scratch::new();
                let case = format!("{source:?} {tier} {field}");
                let (report, found) = load(source, tier, field, value, &scratch);
                match expected(source, tier, secret, in_file) {
                    Outcome::Read => {
                        let (state, provenance) = found.unwrap_or_else(|| panic!("{case}: not read\n{report}"));
                        assert_eq!(state, SettingState::Set, "{case}\n{report}");
                        assert!(provenance.starts_with(&place(source, field, &scratch)), "{case}: {provenance}");
                        assert!(!report.is_refusal(), "{case}\n{report}");
                    }
                    Outcome::NotRead => {
                        assert_eq!(found, None, "{case}\n{report}");
                        assert!(!report.is_refusal(), "{case}\n{report}");
                    }
                    Outcome::Refused => {
                        assert!(report.has("secret-in-file", &field.to_uppercase()), "{case}\n{report}");
                        assert!(report.is_refusal(), "{case}\n{report}");
                    }
                }
            }
        }
    }
}

/// The same settings in a list and in a map.
#[derive(Debug, Config)]
#[allow(dead_code, reason = "judged by the table")]
struct Shapes {
    #[config(nested)]
    list: Vec<Settings>,
    #[config(nested)]
    map: BTreeMap<String, Settings>,
}

/// Loads one value from one source, in an element that another setting creates.
fn load_element(
    source: Source,
    tier: Tier,
    (variable, path): (&str, &str),
    field: &str,
    value: &str,
    scratch: &Scratch,
) -> (Report, Option<(SettingState, String)>) {
    let name = format!("{variable}__{}", field.to_uppercase());
    let environment =
        Environment::empty().set("ENVIRONMENT", tier.name()).set(format!("{variable}__FALLBACK"), "fallback");
    let mut loader = Loader::new();
    let environment = match source {
        Variable => environment.set(name, value),
        NamedFile => environment.set(format!("{name}_FILE"), scratch.file("named", format!("{value}\n"))),
        SecretDirectory => {
            scratch.file(&format!("mounted/{}", name.to_lowercase()), value);
            environment.set("CREDENTIALS_DIRECTORY", scratch.path().join("mounted"))
        }
        Dotenv => {
            scratch.file(".env", format!("{name}='{value}'\n"));
            environment.working_directory(scratch.path())
        }
        Toml => {
            let header = if path == "list.0" { "[[list]]" } else { "[map.acme]" };
            scratch.file("hardened.toml", format!("{header}\n{field} = '{value}'\n"));
            environment.working_directory(scratch.path())
        }
        Provider => {
            let element = serde_json::json!({ field: value });
            let values = if path == "list.0" {
                serde_json::json!({ "list": [element] })
            } else {
                serde_json::json!({ "map": { "acme": element } })
            };
            loader = loader.figment(Figment::from(Serialized::defaults(values)));
            environment
        }
    };
    let (report, table) = match loader.environment(environment).load::<Shapes>() {
        Ok(loaded) => (Loaded::report(&loaded).clone(), Loaded::table(&loaded).clone()),
        Err(refusal) => (refusal.report().clone(), refusal.table().clone()),
    };
    let row = table.rows().iter().find(|row| row.path() == format!("{path}.{field}")).unwrap();
    (report, row.provenance().map(|provenance| (row.state(), provenance.to_string())))
}

#[test]
fn every_source_in_every_tier_for_every_kind_in_elements() {
    for element in [("LIST__0", "list.0"), ("MAP__ACME", "map.acme")] {
        for (source, tier) in SOURCES.into_iter().flat_map(|source| Tier::ALL.map(|tier| (source, tier))) {
            for (field, value, secret, in_file) in KINDS {
                let scratch = Scratch::new();
                let case = format!("{source:?} {tier} {element:?} {field}");
                let (report, found) = load_element(source, tier, element, field, value, &scratch);
                let name = format!("{}__{}", element.0, field.to_uppercase());
                match expected(source, tier, secret, in_file) {
                    Outcome::Read => {
                        assert_eq!(found.map(|(state, _)| state), Some(SettingState::Set), "{case}\n{report}");
                        assert!(!report.is_refusal(), "{case}\n{report}");
                    }
                    Outcome::NotRead if source == NamedFile => {
                        assert!(report.refuses("setting-unknown", &format!("{name}_FILE")), "{case}\n{report}");
                    }
                    Outcome::NotRead => {
                        assert_eq!(found, None, "{case}\n{report}");
                        assert!(!report.is_refusal(), "{case}\n{report}");
                    }
                    Outcome::Refused => assert!(report.refuses("secret-in-file", &name), "{case}\n{report}"),
                }
            }
        }
    }
}

#[test]
fn each_source_gives_way_to_the_one_above_it() {
    let order = [Variable, Dotenv, Provider, Toml];
    for (above, source) in order.iter().enumerate() {
        let scratch = Scratch::new();
        let mut environment = Environment::empty().set("ENVIRONMENT", "test").working_directory(scratch.path());
        let mut loader = Loader::new();
        for lower in &order[above..] {
            match lower {
                Variable => environment = environment.set("REGION", "variable"),
                Dotenv => drop(scratch.file(".env", "REGION=dotenv\n")),
                Provider => loader = loader.figment(Figment::from(Serialized::default("region", "provider"))),
                _ => drop(scratch.file("hardened.toml", "region = 'toml'\n")),
            }
        }
        let loaded = loader.environment(environment).load::<Settings>().unwrap();
        assert_eq!(loaded.region.as_deref(), Some(format!("{source:?}").to_lowercase().as_str()));
        assert_eq!(loaded.fallback, "fallback");
    }
}

/// The same settings in a variant of an enum, alone and in a list.
#[derive(Debug, Config)]
#[allow(dead_code, reason = "judged by the table")]
struct Variants {
    #[config(nested, prefix = "ONE_")]
    one: Kinds,
    #[config(nested)]
    several: Vec<Kinds>,
}

#[derive(Debug, Config)]
#[allow(dead_code, reason = "judged by the table")]
enum Kinds {
    Full(Box<Settings>),
    #[config(default)]
    Empty,
}

/// Loads one value from one source, in a variant that a variable chooses.
fn load_variant(
    source: Source,
    tier: Tier,
    (prefix, path): (&str, &str),
    field: &str,
    value: &str,
    scratch: &Scratch,
) -> (Report, Option<(SettingState, String)>) {
    let name = format!("{prefix}{}", field.to_uppercase());
    let environment = Environment::empty().set("ENVIRONMENT", tier.name()).set(format!("{prefix}KIND"), "full");
    let mut loader = Loader::new();
    let environment = match source {
        Variable => environment.set(name, value),
        NamedFile => environment.set(format!("{name}_FILE"), scratch.file("named", format!("{value}\n"))),
        SecretDirectory => {
            scratch.file(&format!("mounted/{}", name.to_lowercase()), value);
            environment.set("CREDENTIALS_DIRECTORY", scratch.path().join("mounted"))
        }
        Dotenv => {
            scratch.file(".env", format!("{name}='{value}'\n"));
            environment.working_directory(scratch.path())
        }
        Toml => {
            let header = if path == "one" { "[one]" } else { "[[several]]" };
            scratch.file("hardened.toml", format!("{header}\n{field} = '{value}'\n"));
            environment.working_directory(scratch.path())
        }
        Provider => {
            let group = serde_json::json!({ field: value });
            let values = if path == "one" {
                serde_json::json!({ "one": group })
            } else {
                serde_json::json!({ "several": [group] })
            };
            loader = loader.figment(Figment::from(Serialized::defaults(values)));
            environment
        }
    };
    let (report, table) = match loader.environment(environment).load::<Variants>() {
        Ok(loaded) => (Loaded::report(&loaded).clone(), Loaded::table(&loaded).clone()),
        Err(refusal) => (refusal.report().clone(), refusal.table().clone()),
    };
    let row = table.rows().iter().find(|row| row.path() == format!("{path}.{field}")).unwrap();
    (report, row.provenance().map(|provenance| (row.state(), provenance.to_string())))
}

#[test]
fn every_source_in_every_tier_for_every_kind_in_variants() {
    for variant in [("ONE_", "one"), ("SEVERAL__0__", "several.0")] {
        for (source, tier) in SOURCES.into_iter().flat_map(|source| Tier::ALL.map(|tier| (source, tier))) {
            for (field, value, secret, in_file) in KINDS {
                let scratch = Scratch::new();
                let case = format!("{source:?} {tier} {}.{field}", variant.1);
                let (report, found) = load_variant(source, tier, variant, field, value, &scratch);
                match expected(source, tier, secret, in_file) {
                    Outcome::Read => {
                        let (state, _) = found.unwrap_or_else(|| panic!("{case}: not read\n{report}"));
                        assert_eq!(state, SettingState::Set, "{case}\n{report}");
                        assert!(!report.is_refusal(), "{case}\n{report}");
                    }
                    Outcome::NotRead if source == NamedFile && variant.1 != "one" => {
                        let name = format!("{}{}_FILE", variant.0, field.to_uppercase());
                        assert!(report.refuses("setting-unknown", &name), "{case}\n{report}");
                    }
                    Outcome::NotRead => {
                        assert_eq!(found, None, "{case}\n{report}");
                        assert!(!report.is_refusal(), "{case}\n{report}");
                    }
                    Outcome::Refused => {
                        let name = format!("{}{}", variant.0, field.to_uppercase());
                        assert!(report.has("secret-in-file", &name), "{case}\n{report}");
                        assert!(report.is_refusal(), "{case}\n{report}");
                    }
                }
            }
        }
    }
}
