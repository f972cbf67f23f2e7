//! A canary in every secret and every rejected value appears in no output.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(feature = "derive")]

use std::{error::Error as _, fmt::Write as _, path::PathBuf};

use hardened::{
    AuthSecret, Config, Environment, JwtSecret, Loaded, ProductionConfig, Refusal, SecretText, Setting,
    database::DatabaseUrl, secret::KeyRing,
};
use test_support::{KEY, Scratch, load};

/// A marker in every value; no output may contain it.
const CANARY: &str = "CaNaRy7";

#[derive(Debug, Config)]
#[allow(dead_code, reason = "loaded and held, not read")]
struct Settings {
    /// A key.
    key: JwtSecret,
    /// Another.
    other_key: AuthSecret,
    /// Several.
    ring: Option<KeyRing>,
    /// A credential.
    token: SecretText,
    /// Several.
    tokens: Option<Vec<SecretText>>,
    /// A URL with a password.
    database: DatabaseUrl,
    /// A number.
    number: u16,
    /// A flag.
    flag: bool,
    /// A time.
    time: std::time::Duration,
    /// A choice.
    choice: Choice,
    /// A list.
    numbers: Vec<u8>,
    /// An address.
    address: std::net::IpAddr,
    /// A URL.
    url: url::Url,
    /// A type from elsewhere.
    #[config(parse)]
    foreign: std::num::NonZeroI8,
    /// A path.
    #[config(file)]
    path: PathBuf,
    /// Numbers within bounds.
    #[config(range = 1..=64, default = 8)]
    bounded: u16,
    /// A length of time within bounds.
    #[config(range = "1s"..="5m", default = "30s")]
    bounded_time: std::time::Duration,
    /// Text of a few characters.
    #[config(len = 3..=5, default = "abc")]
    sized: String,
    /// One of two words.
    #[config(one_of = ["eu", "us"], default = "eu", show)]
    word: String,
    /// A credential of a length of its own.
    #[config(len = 60..)]
    long_token: Option<SecretText>,
    /// A few items.
    #[config(len = ..=2, each(len = ..=3), default = [])]
    items: Vec<String>,
    /// Groups that one setting chooses between.
    #[config(nested)]
    store: Store,
    /// Several of them.
    #[config(nested)]
    stores: Vec<Store>,
    /// With names.
    #[config(nested)]
    named: std::collections::BTreeMap<String, Store>,
}

/// Groups that one setting chooses between.
#[derive(Debug, Config)]
#[config(prefix = "STORE_")]
#[allow(dead_code, reason = "loaded and held, not read")]
enum Store {
    /// A bucket.
    Bucket {
        /// Its region.
        #[config(one_of = ["eu", "us"])]
        region: String,
        /// The key to it.
        token: SecretText,
    },
    /// Nothing.
    #[config(default)]
    Memory,
}

#[derive(Debug, Clone, Copy, Setting)]
enum Choice {
    First,
    Second,
}

/// Everything that can be printed about an outcome.
fn printed(outcome: &Result<Loaded<Settings>, Refusal>) -> String {
    let mut text = String::new();
    let (report, table, document) = match outcome {
        Ok(loaded) => {
            write!(text, "{loaded:?}{loaded:#?}").unwrap();
            let manifest = Loaded::manifest(loaded);
            write!(text, "{manifest:?}{manifest:#?}{}", manifest.to_json()).unwrap();
            (Loaded::report(loaded), Loaded::table(loaded), Loaded::to_json(loaded))
        }
        Err(refusal) => {
            write!(text, "{refusal}{refusal:?}{refusal:#?}{:?}", refusal.source().map(ToString::to_string)).unwrap();
            (refusal.report(), refusal.table(), refusal.to_json())
        }
    };
    write!(text, "{report}{report:?}{report:#?}{table}{table:?}{document}").unwrap();
    text
}

const VARIABLES: [&str; 31] = [
    "KEY",
    "OTHER_KEY",
    "RING",
    "TOKEN",
    "TOKENS",
    "DATABASE",
    "NUMBER",
    "FLAG",
    "TIME",
    "CHOICE",
    "NUMBERS",
    "ADDRESS",
    "URL",
    "FOREIGN",
    "PATH",
    "BOUNDED",
    "BOUNDED_TIME",
    "SIZED",
    "WORD",
    "LONG_TOKEN",
    "ITEMS",
    "STORE_KIND",
    "STORE_REGION",
    "STORE_TOKEN",
    "STORES__0__STORE_KIND",
    "STORES__0__STORE_REGION",
    "STORES__0__STORE_TOKEN",
    "STORES__1__STORE_TOKEN",
    "NAMED__ACME__STORE_KIND",
    "NAMED__ACME__STORE_REGION",
    "NAMED__ACME__STORE_TOKEN",
];

fn accepted() -> Environment {
    [
        ("ENVIRONMENT", "production"),
        ("KEY", &format!("{KEY}{CANARY}")),
        ("OTHER_KEY", &format!("{CANARY}{KEY}")),
        ("TOKEN", &format!("q8ZxT3{CANARY}vB7nM1kL5jH9gF2")),
        ("DATABASE", &format!("postgres://app:{CANARY}x9Kq2@db.example.com/app?sslmode=require")),
        ("NUMBER", "1"),
        ("FLAG", "true"),
        ("TIME", "30s"),
        ("CHOICE", "first"),
        ("NUMBERS", "1,2"),
        ("ADDRESS", "127.0.0.1"),
        ("URL", &format!("https://example.com/{CANARY}")),
        ("FOREIGN", "1"),
        ("PATH", &format!("/{CANARY}")),
        ("LONG_TOKEN", &format!("q8ZxT3{CANARY}vB7nM1kL5jH9gF2dS6aQ4wE0rT8yU3iO7pL1kJ5hG9fD2sA6zX")),
        ("STORE_KIND", "bucket"),
        ("STORE_REGION", "eu"),
        ("STORE_TOKEN", &format!("w4ErT6{CANARY}yU8iO1pA3sD5fG7")),
        ("STORES__0__STORE_KIND", "bucket"),
        ("STORES__0__STORE_REGION", "us"),
        ("STORES__0__STORE_TOKEN", &format!("e5RtY7{CANARY}uI9oP2aS4dF6gH8")),
        ("NAMED__ACME__STORE_KIND", "bucket"),
        ("NAMED__ACME__STORE_REGION", "us"),
        ("NAMED__ACME__STORE_TOKEN", &format!("r6TyU8{CANARY}iO1pA3sD5fG7hJ9")),
    ]
    .into_iter()
    .collect()
}

#[test]
fn accepted_settings_show_no_secret_and_no_free_text() {
    let outcome = load::<Settings>(accepted());
    assert!(outcome.is_ok(), "{outcome:?}");
    assert!(!printed(&outcome).contains(CANARY), "{}", printed(&outcome));
}

#[test]
fn the_debug_of_secrets_shows_nothing() {
    let loaded = load::<Settings>(accepted()).unwrap();
    let secrets = (&loaded.key, &loaded.other_key, &loaded.ring, &loaded.token, &loaded.database);
    assert!(!format!("{secrets:?}{secrets:#?}").contains(CANARY));
}

#[test]
fn every_rejected_value_is_withheld_in_every_tier() {
    for tier in ["production", "preview", "test", "development"] {
        for variable in VARIABLES {
            for value in [
                CANARY.to_owned(),
                format!(" {CANARY} "),
                format!("\"{CANARY}\""),
                format!("{CANARY}\n"),
                format!("\u{1b}[31m{CANARY}"),
                format!("::error::{CANARY}"),
                format!("${{{CANARY}}}"),
                format!("{{\"password\":\"{CANARY}\"}}"),
                format!("postgres://u:{CANARY}@:99999/{CANARY}?sslmode={CANARY}"),
                CANARY.repeat(10_000),
                CANARY.repeat(150_000),
            ] {
                let outcome = load::<Settings>(accepted().set("ENVIRONMENT", tier).set(variable, value.clone()));
                let text = printed(&outcome);
                assert!(!text.contains(CANARY), "{tier} {variable}={value:.60}: {text:.2000}");
            }
        }
    }
}

#[test]
fn an_unknown_tier_is_withheld() {
    for value in [CANARY.to_owned(), format!("production{CANARY}"), format!("\u{200b}{CANARY}")] {
        let outcome = load::<Settings>(accepted().set("ENVIRONMENT", value));
        assert!(!printed(&outcome).contains(CANARY));
    }
}

#[test]
fn a_value_pasted_as_a_path_is_withheld() {
    for value in [CANARY.to_owned(), format!("/{CANARY}"), format!("/tmp/{CANARY}/x")] {
        for variable in ["KEY", "TOKEN", "DATABASE", "PATH"] {
            let environment = accepted().unset(variable).set(format!("{variable}_FILE"), value.clone());
            assert!(!printed(&load::<Settings>(environment)).contains(CANARY), "{variable} {value}");
        }
    }
}

#[test]
fn the_content_of_files_is_withheld() {
    let scratch = Scratch::new();
    for content in [format!("{CANARY}\n\n"), format!(" {CANARY}"), format!("{CANARY}\0"), CANARY.repeat(20_000)] {
        let path = scratch.file("value", &content);
        for variable in ["KEY", "TOKEN", "DATABASE"] {
            let environment = accepted().unset(variable).set(format!("{variable}_FILE"), path.clone());
            assert!(!printed(&load::<Settings>(environment)).contains(CANARY), "{variable} {content:.40}");
        }
    }
}

#[test]
fn malformed_names_are_withheld() {
    for name in [format!("NUMBE={CANARY}"), format!("NUMBER\n{CANARY}"), format!("NUMBER{}", CANARY.repeat(20))] {
        let outcome = load::<Settings>(accepted().unset("NUMBER").set(name, "1"));
        assert!(!printed(&outcome).contains(CANARY));
    }
}

#[cfg(unix)]
#[test]
fn bytes_that_are_not_text_are_withheld() {
    use std::os::unix::ffi::OsStringExt;
    for variable in VARIABLES {
        let mut bytes = CANARY.as_bytes().to_vec();
        bytes.push(0xff);
        let value = std::ffi::OsString::from_vec(bytes);
        let outcome = load::<Settings>(accepted().set(variable, value));
        assert!(!printed(&outcome).contains(CANARY), "{variable}");
    }
}

/// Values that promises take from settings are searched for secrets in the same way as the table.
#[test]
fn the_promises_of_the_preset_hold_no_secret() {
    let secret = format!("q8ZxT3{CANARY}vB7nM1kL5jH9gF2");
    let environment: Environment = [
        ("ENVIRONMENT", "production"),
        ("JWT_SECRET_KEY", &format!("{KEY}{CANARY}")),
        ("BETTER_AUTH_SECRET", &format!("{CANARY}{KEY}")),
        ("DATABASE_URL", &format!("postgres://app:{CANARY}x9Kq2@db.example.com/app?sslmode=require")),
        ("CORS_ORIGINS", "https://app.example.com"),
        ("JWT_ISSUER", &secret),
        ("JWT_AUDIENCE", &secret),
    ]
    .into_iter()
    .collect();
    let loaded = load::<ProductionConfig>(environment).unwrap();
    let manifest = Loaded::manifest(&loaded);
    let text = format!("{manifest:?}{}", manifest.to_json());
    assert!(!text.contains(CANARY) && !text.contains("q8ZxT3"), "{text}");
    assert_eq!(manifest.promises.tokens[0].withheld, ["audience", "issuer"]);
}

#[test]
fn the_preset_withholds_rejected_values_too() {
    for variable in [
        "JWT_SECRET_KEY",
        "BETTER_AUTH_SECRET",
        "BETTER_AUTH_SECRETS",
        "DATABASE_URL",
        "CORS_ORIGINS",
        "JWT_ALGORITHM",
        "JWT_EXPIRATION_MINUTES",
        "PORT",
        "API_HOST",
        "LOG_LEVEL",
        "DEBUG",
    ] {
        let environment = Environment::empty().set(variable, CANARY);
        let refusal = load::<ProductionConfig>(environment).unwrap_err();
        let text = format!("{refusal}{refusal:?}{}{}", refusal.table(), refusal.to_json());
        assert!(!text.contains(CANARY), "{variable}: {text}");
    }
}
