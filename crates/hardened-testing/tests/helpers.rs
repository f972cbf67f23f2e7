//! What the assertions say when they do not hold, and that they show no value.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::panic::{AssertUnwindSafe, catch_unwind};

use hardened::{AuthSecret, Config, Environment, JwtSecret, Loader, ProductionConfig, Rejection, SecretText};
use hardened_testing::{assert_refuses, assert_secrets_externalized, valid_env};

const CANARY: &str = "CaNaRy7";

#[derive(Debug, Config)]
#[allow(dead_code, reason = "loaded, not read")]
struct Settings {
    /// A key.
    signing_key: JwtSecret,
    /// Another.
    session_secret: AuthSecret,
    /// A credential.
    mail_token: SecretText,
    /// How many.
    workers: u16,
    /// Not needed.
    banner: Option<String>,
}

/// What a panic says.
fn panic_of(act: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(act)).expect_err("it panics");
    payload
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| payload.downcast_ref::<&str>().map(ToString::to_string))
        .unwrap()
}

#[test]
fn a_valid_environment_fills_the_required_settings_only() {
    let loaded = Loader::new().environment(valid_env::<Settings>()).load::<Settings>().unwrap();
    assert_eq!(loaded.tier(), hardened::Tier::Production);
    assert!(loaded.banner.is_none());
    assert_eq!(loaded.signing_key.expose_bytes().len(), 64);
    assert_ne!(loaded.signing_key.expose_bytes(), loaded.session_secret.expose_bytes());
}

#[test]
fn every_valid_environment_has_keys_of_its_own() {
    let key = || {
        let loaded = Loader::new().environment(valid_env::<Settings>()).load::<Settings>().unwrap();
        loaded.signing_key.expose_bytes().to_owned()
    };
    assert_ne!(key(), key());
}

#[test]
fn the_preset_has_a_valid_environment_and_externalized_secrets() {
    assert!(Loader::new().environment(valid_env::<ProductionConfig>()).load::<ProductionConfig>().is_ok());
    assert_secrets_externalized!(ProductionConfig);
    assert_secrets_externalized!(Settings);
}

#[test]
fn a_refusal_for_the_asserted_reason_holds() {
    assert_refuses!(Settings, valid_env::<Settings>().set("SIGNING_KEY", "short"), "secret-too-short", "SIGNING_KEY");
    assert_refuses!(Settings, valid_env::<Settings>().unset("WORKERS"), "setting-missing", "WORKERS");
    assert_refuses!(Settings, Environment::empty(), "secret-missing", "MAIL_TOKEN");
}

#[test]
fn a_start_another_reason_and_an_unknown_rule_are_told_apart() {
    let starts = panic_of(|| assert_refuses!(Settings, valid_env::<Settings>(), "secret-missing", "MAIL_TOKEN"));
    assert!(starts.starts_with("it starts, without `secret-missing` about MAIL_TOKEN"), "{starts}");
    let environment = valid_env::<Settings>().unset("WORKERS");
    let other = panic_of(|| assert_refuses!(Settings, environment, "secret-missing", "MAIL_TOKEN"));
    assert!(other.starts_with("it refuses, but not with `secret-missing` about MAIL_TOKEN"), "{other}");
    let unknown = panic_of(|| assert_refuses!(Settings, Environment::empty(), "secret-mising", "MAIL_TOKEN"));
    assert_eq!(unknown, "there is no rule `secret-mising`");
}

#[test]
fn a_struct_without_a_secret_has_nothing_to_assert() {
    #[derive(Debug, Config)]
    #[allow(dead_code, reason = "loaded, not read")]
    struct Plain {
        /// How many.
        workers: u16,
    }
    let told = panic_of(|| assert_secrets_externalized!(Plain));
    assert_eq!(told, "`Plain` declares no secret: there is nothing to assert");
}

#[test]
fn a_foreign_type_without_an_example_is_named() {
    #[derive(Debug, Config)]
    #[allow(dead_code, reason = "loaded, not read")]
    struct Foreign {
        /// A type from elsewhere.
        #[config(parse)]
        limit: std::num::NonZeroI8,
    }
    let told = panic_of(|| drop(valid_env::<Foreign>()));
    assert_eq!(told, "`Foreign.limit` is of a foreign type: give it an example, `#[config(example = \"…\")]`");
}

#[test]
fn a_check_that_needs_more_is_told_with_the_report() {
    fn both(first: &Option<String>, second: &u16) -> Result<(), Rejection> {
        if first.is_some() || *second == 0 { Ok(()) } else { Err(Rejection::malformed("a banner for every worker")) }
    }
    #[derive(Debug, Config)]
    #[config(check = both(banner, workers))]
    #[allow(dead_code, reason = "loaded, not read")]
    struct Checked {
        /// A banner.
        banner: Option<String>,
        /// How many.
        workers: u16,
    }
    let told = panic_of(|| drop(valid_env::<Checked>()));
    assert!(told.contains("valid_env::<Checked>()") && told.contains("a banner for every worker"), "{told}");
}

#[test]
fn no_panic_shows_a_value() {
    let environment = valid_env::<Settings>()
        .set("SIGNING_KEY", CANARY)
        .set("MAIL_TOKEN", format!("\"{CANARY}\""))
        .set("WORKERS", CANARY)
        .set("BANNER", CANARY);
    let told = panic_of(|| assert_refuses!(Settings, environment, "secret-missing", "SIGNING_KEY"));
    assert!(told.contains("SIGNING_KEY") && !told.contains(CANARY), "{told}");
}
