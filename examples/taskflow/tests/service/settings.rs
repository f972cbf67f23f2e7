//! The configuration tests that every service with hardened should have.

use std::{fs, path::Path};

use hardened_testing::{assert_no_secret_values, assert_refuses, assert_secrets_externalized, valid_env};
use taskflow::Settings;

#[test]
fn no_secret_stands_in_the_code() {
    assert_secrets_externalized!(Settings);
}

#[test]
fn no_value_of_a_secret_is_in_the_repository() {
    assert_no_secret_values!(Settings, valid_env::<Settings>());
}

#[test]
fn a_short_key_refuses_the_start() {
    assert_refuses!(
        Settings,
        valid_env::<Settings>().set("JWT_SECRET_KEY", "short"),
        "secret-too-short",
        "JWT_SECRET_KEY"
    );
}

#[test]
fn production_does_not_start_without_postgresql() {
    for tier in ["production", "preview"] {
        let environment = valid_env::<Settings>().set("ENVIRONMENT", tier).unset("DATABASE_URL");
        assert_refuses!(Settings, environment, "setting-absent", "DATABASE_URL");
    }
}

#[test]
fn every_origin_is_refused() {
    assert_refuses!(Settings, valid_env::<Settings>().set("CORS_ORIGINS", "*"), "origin-any", "CORS_ORIGINS");
}

#[test]
fn nothing_but_the_settings_asks_for_a_variable() {
    let asks = ["env::var", "env!(", "dotenv", "env::args"];
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
                continue;
            }
            let code = fs::read_to_string(&entry).unwrap();
            assert!(!asks.iter().any(|word| code.contains(word)), "{}", entry.display());
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen} files");
}
