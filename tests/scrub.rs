//! A scrubbed child process inherits no declared secret.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(all(unix, feature = "derive"))]

use std::process::Command;

use hardened::{Config, SecretText};

#[derive(Debug, Config)]
#[allow(dead_code, reason = "declared, not read")]
struct Mail {
    /// A token.
    token: SecretText,
}

#[derive(Debug, Config)]
#[allow(dead_code, reason = "declared, not read")]
struct Settings {
    /// Several variables.
    #[config(env = ["STRIPE_KEY", "STRIPE_SECRET"])]
    stripe: SecretText,
    /// A group behind a prefix.
    #[config(nested, prefix = "MAIL_")]
    mail: Mail,
    /// No secret.
    region: String,
}

#[test]
fn a_child_sees_no_declared_secret_and_no_other_name_of_one() {
    let secrets = [
        "STRIPE_KEY",
        "STRIPE_SECRET",
        "STRIPE_KEY_FILE",
        "STRIPE_SECRET_FILE",
        "APPSETTING_STRIPE_KEY",
        "MAIL_TOKEN",
        "MAIL_TOKEN_FILE",
        "APPSETTING_MAIL_TOKEN",
        "PGPASSWORD",
        "CREDENTIALS_DIRECTORY",
    ];
    // The command has all of them set, and `env` prints the variables that `scrub` leaves.
    let mut child = Command::new("env");
    child.env("REGION", "eu").envs(secrets.map(|name| (name, "canary")));
    Settings::SCHEMA.scrub(&mut child);
    let output = String::from_utf8(child.output().unwrap().stdout).unwrap();
    assert!(output.contains("REGION=eu"), "{output}");
    assert!(!output.contains("canary"), "{output}");
}
