//! What the assertions say when they fail, and that they never show a value.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
};

use hardened::{
    AuthSecret, Config, Database, Environment, JwtSecret, Loaded, Loader, ProductionConfig, SecretText, Violation, rule,
};
use hardened_testing::{assert_refuses, assert_secrets_externalized, secret_values, valid_env, valid_env_with};

const CANARY: &str = "CaNaRy7";

#[derive(Debug, Config)]
#[allow(dead_code, reason = "loaded, not read")]
struct Settings {
    /// A key.
    signing_key: JwtSecret,
    /// Another key.
    session_secret: AuthSecret,
    /// A credential.
    mail_token: SecretText,
    /// The number of workers.
    workers: u16,
    /// Not needed.
    banner: Option<String>,
}

/// Returns the message of a panic.
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
    assert_eq!(Loaded::tier(&loaded), hardened::Tier::Production);
    assert!(loaded.banner.is_none());
    assert_eq!(loaded.signing_key.expose_bytes().len(), 64);
    assert_ne!(loaded.signing_key.expose_bytes(), loaded.session_secret.expose_bytes());
}

#[test]
fn a_valid_environment_fills_every_given_or_required_element() {
    #[derive(Debug, Config)]
    struct Service {
        #[config(nested, min = 1)]
        tenants: BTreeMap<String, Tenant>,
        #[config(nested)]
        peers: Vec<Peer>,
    }
    #[derive(Debug, Config)]
    #[allow(dead_code, reason = "loaded, not read")]
    struct Tenant {
        region: String,
        token: SecretText,
    }
    #[derive(Debug, Config)]
    #[allow(dead_code, reason = "loaded, not read")]
    struct Peer {
        port: u16,
        token: SecretText,
    }
    let environment = valid_env_with::<Service>(Environment::empty().set("PEERS__0__PORT", "1"));
    let loaded = Loader::new().environment(environment.clone()).load::<Service>().unwrap();
    assert!(loaded.tenants.contains_key("name") && loaded.peers.len() == 1);
    assert_secrets_externalized!(Service);
    let values = secret_values::<Service>(&environment);
    let mut searched = values.searched();
    searched.sort();
    assert_eq!(searched, ["PEERS__0__TOKEN", "TENANTS__NAME__TOKEN"]);
}

#[test]
fn a_valid_environment_chooses_a_variant_and_fills_it() {
    #[derive(Debug, Config)]
    #[config(one_of(proxy, direct), all_or_none(user, password))]
    #[allow(dead_code, reason = "loaded, not read")]
    struct Service {
        #[config(nested)]
        storage: Storage,
        proxy: Option<String>,
        direct: Option<bool>,
        user: Option<String>,
        password: Option<SecretText>,
    }
    #[derive(Debug, Config)]
    #[allow(dead_code, reason = "loaded, not read")]
    enum Storage {
        Bucket { bucket: String, token: SecretText },
        Memory,
    }
    let loaded = Loader::new().environment(valid_env::<Service>()).load::<Service>().unwrap();
    assert!(matches!(loaded.storage, Storage::Bucket { .. }) && loaded.proxy.is_some() && loaded.direct.is_none());
}

#[test]
fn every_valid_environment_has_fresh_keys() {
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
fn a_start_another_reason_and_an_unknown_rule_have_different_messages() {
    let starts = panic_of(|| assert_refuses!(Settings, valid_env::<Settings>(), "secret-missing", "MAIL_TOKEN"));
    assert!(
        starts.starts_with("the service starts, and does not report `secret-missing` about MAIL_TOKEN"),
        "{starts}"
    );
    let environment = valid_env::<Settings>().unset("WORKERS");
    let other = panic_of(|| assert_refuses!(Settings, environment, "secret-missing", "MAIL_TOKEN"));
    assert!(
        other.starts_with("the service refuses to start, but does not report `secret-missing` about MAIL_TOKEN"),
        "{other}"
    );
    let unknown = panic_of(|| assert_refuses!(Settings, Environment::empty(), "secret-mising", "MAIL_TOKEN"));
    assert_eq!(unknown, "there is no rule `secret-mising`");
}

#[test]
fn a_struct_without_a_secret_has_nothing_to_assert() {
    #[derive(Debug, Config)]
    #[allow(dead_code, reason = "loaded, not read")]
    struct Plain {
        /// The number of workers.
        workers: u16,
    }
    let told = panic_of(|| assert_secrets_externalized!(Plain));
    assert_eq!(told, "`Plain` does not declare any secret, so there is nothing to assert");
}

#[test]
fn a_foreign_type_without_an_example_is_named() {
    #[derive(Debug, Config)]
    #[allow(dead_code, reason = "loaded, not read")]
    struct Foreign {
        /// A type without an example.
        #[config(parse)]
        limit: std::num::NonZeroI8,
    }
    let told = panic_of(|| drop(valid_env::<Foreign>()));
    assert_eq!(
        told,
        "the library does not know the type of `Foreign.limit`; give the field an example: `#[config(example = \"…\")]`"
    );
}

/// Settings whose check needs more than the required settings.
#[derive(Debug, Config)]
#[config(check = both(banner, workers))]
#[allow(dead_code, reason = "loaded, not read")]
struct Checked {
    /// A banner.
    banner: Option<String>,
    /// The number of workers.
    workers: u16,
    /// A key.
    signing_key: JwtSecret,
}

fn both(first: &Option<String>, second: &u16) -> Result<(), Violation> {
    if first.is_some() || *second == 0 { Ok(()) } else { Err(Violation::malformed("a banner for every worker")) }
}

#[test]
fn a_check_that_needs_more_settings_is_explained_with_the_report_and_a_fix() {
    let told = panic_of(|| drop(valid_env::<Checked>()));
    assert!(told.contains("valid_env::<Checked>()") && told.contains("a banner for every worker"), "{told}");
    assert!(told.contains("`valid_env_with::<Checked>(Environment::empty().set(\"NAME\", \"value\"))`"), "{told}");
}

#[test]
fn settings_that_a_check_needs_can_be_given() {
    let environment = || valid_env_with::<Checked>(Environment::empty().set("BANNER", "hello"));
    let loaded = Loader::new().environment(environment()).load::<Checked>().unwrap();
    assert_eq!((Loaded::tier(&loaded), loaded.banner.as_deref()), (hardened::Tier::Production, Some("hello")));
    assert_refuses!(Checked, environment().unset("WORKERS"), "setting-missing", "WORKERS");
    assert_secrets_externalized!(Checked, environment());
}

#[test]
fn given_settings_are_kept_and_the_tier_becomes_production() {
    let begun = Environment::empty().set("ENVIRONMENT", "test").set("WORKERS", "7");
    let loaded = Loader::new().environment(valid_env_with::<Settings>(begun)).load::<Settings>().unwrap();
    assert_eq!((Loaded::tier(&loaded), loaded.workers), (hardened::Tier::Production, 7));
    let wrong = Environment::empty().set("WORKERS", CANARY);
    let told = panic_of(|| drop(valid_env_with::<Settings>(wrong)));
    assert!(told.contains("WORKERS") && !told.contains(CANARY), "{told}");
}

#[test]
fn a_value_for_a_type_without_an_example_can_be_given() {
    #[derive(Debug, Config)]
    #[allow(dead_code, reason = "loaded, not read")]
    struct Foreign {
        /// A type without an example.
        #[config(parse)]
        limit: std::num::NonZeroI8,
    }
    drop(valid_env_with::<Foreign>(Environment::empty().set("LIMIT", "-5")));
}

#[test]
fn a_secret_with_a_value_in_the_code_is_found() {
    use hardened::{
        finding::Reported,
        load::Reader,
        schema::{Field, Kind, Schema, SettingSchema},
    };

    #[derive(Debug)]
    struct Hidden;

    static TOKEN: SettingSchema = SettingSchema::new("token", &["TOKEN"], Kind::Credential);

    static FIELDS: [Field; 1] = [Field::Setting(&TOKEN)];

    impl Config for Hidden {
        const SCHEMA: &'static Schema = &Schema::new("Hidden", "", &FIELDS);

        // Written by hand, because the derive refuses such code.
        fn read(reader: &mut Reader<'_>) -> Result<Self, Reported> {
            let _in_the_code =
                reader.optional::<SecretText>(&TOKEN)?.unwrap_or_else(|| SecretText::new(CANARY.to_owned()));
            Ok(Self)
        }
    }

    let told = panic_of(|| assert_secrets_externalized!(Hidden));
    assert_eq!(told, "`Hidden` starts without TOKEN, so the code itself provides a value for the secret");
}

mod in_production {
    use super::*;

    /// Settings that only production needs.
    #[derive(Debug, Config)]
    #[allow(dead_code, reason = "loaded, not read")]
    struct Service {
        /// Where errors are reported.
        #[config(required_in_production)]
        sentry_dsn: Option<SecretText>,
        /// Where it runs.
        #[config(required_in_production)]
        region: Option<String>,
        /// The database.
        #[config(nested, required_in_production)]
        database: Option<Database>,
        /// The login of the mail server.
        #[config(nested, required_in_production, prefix = "MAIL_")]
        mail: Option<Login>,
        /// Not needed.
        #[config(nested, prefix = "SPARE_")]
        spare: Option<Login>,
    }

    #[derive(Debug, Config)]
    #[allow(dead_code, reason = "loaded, not read")]
    struct Login {
        /// The user name.
        user: String,
        /// The password.
        password: SecretText,
        /// A second password.
        #[config(required_in_production)]
        second_password: Option<SecretText>,
    }

    #[test]
    fn a_valid_environment_has_what_only_production_needs() {
        let loaded = Loader::new().environment(valid_env::<Service>()).load::<Service>().unwrap();
        assert!(loaded.sentry_dsn.is_some() && loaded.region.is_some() && loaded.database.is_some());
        assert!(loaded.mail.as_ref().is_some_and(|mail| mail.second_password.is_some()));
        assert!(loaded.spare.is_none());
    }

    #[test]
    fn the_absence_of_each_production_setting_is_refused() {
        for (variable, code) in [
            ("SENTRY_DSN", "setting-absent"),
            ("REGION", "setting-absent"),
            ("DATABASE_URL", "setting-absent"),
            ("MAIL_USER", "setting-missing"),
            ("MAIL_PASSWORD", "secret-missing"),
            ("MAIL_SECOND_PASSWORD", "setting-absent"),
        ] {
            assert_refuses!(Service, valid_env::<Service>().unset(variable), code, variable);
        }
        assert_secrets_externalized!(Service);
    }

    #[derive(Debug, Config)]
    #[config(loader = waived)]
    #[allow(dead_code, reason = "loaded, not read")]
    struct Waiving {
        /// Where errors are reported.
        #[config(required_in_production)]
        sentry_dsn: Option<SecretText>,
        /// A key.
        signing_key: JwtSecret,
    }

    fn waived(loader: Loader) -> Loader {
        loader.waive(rule::SETTING_ABSENT, "SENTRY_DSN", "nobody reads the errors")
    }

    #[test]
    fn waived_settings_are_neither_set_nor_asserted() {
        let loaded = Loader::new().environment(valid_env::<Waiving>()).load::<Waiving>().unwrap();
        assert!(loaded.sentry_dsn.is_none());
        assert_secrets_externalized!(Waiving);
    }
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

/// Settings with a default that the compiler cannot check and the type refuses.
#[derive(Debug, Config)]
#[allow(dead_code, reason = "loaded, not read")]
struct Misconfigured {
    signing_key: JwtSecret,
    #[config(parse, default = "not an address")]
    bind: std::net::IpAddr,
}

#[test]
fn every_helper_names_a_default_that_its_type_refuses() {
    let expected = "the default of `Misconfigured.bind` is wrong in the code";
    for (helper, said) in [
        ("valid_env", panic_of(|| drop(valid_env::<Misconfigured>()))),
        ("valid_env_with", panic_of(|| drop(valid_env_with::<Misconfigured>(Environment::empty())))),
        (
            "assert_refuses",
            panic_of(|| assert_refuses!(Misconfigured, Environment::empty(), "secret-missing", "SIGNING_KEY")),
        ),
        ("assert_secrets_externalized", panic_of(|| assert_secrets_externalized!(Misconfigured, Environment::empty()))),
    ] {
        assert!(said.starts_with(expected) && !said.contains("not an address"), "{helper}: {said}");
    }
}

#[test]
fn a_valid_environment_satisfies_the_rules_of_each_field() {
    #[derive(Debug, Config)]
    #[allow(dead_code, reason = "loaded, not read")]
    struct Ruled {
        #[config(range = 10..=20)]
        workers: u16,
        #[config(range = ..-5)]
        offset: i32,
        #[config(range = 2.5..)]
        factor: f64,
        #[config(range = .."10s")]
        pause: std::time::Duration,
        #[config(range = "1h"..)]
        ttl: std::time::Duration,
        #[config(len = 20..)]
        name: String,
        #[config(len = 2)]
        country: String,
        #[config(one_of = ["eu", "us"])]
        region: String,
        #[config(len = 3.., each(range = 5..))]
        digits: Vec<u8>,
        #[config(len = 70..)]
        stripe_key: SecretText,
        #[config(len = ..=40)]
        signing_key: AuthSecret,
    }

    let loaded = Loader::new().environment(valid_env::<Ruled>()).load::<Ruled>().unwrap();
    assert_eq!((loaded.workers, loaded.country.len(), loaded.digits.len()), (10, 2, 3));
}

#[test]
fn the_example_of_a_secret_is_not_a_valid_value() {
    #[derive(Debug, Config)]
    struct Examples {
        #[config(example = "sk_live_6b7f0c29d3e14a58")]
        fixed: SecretText,
        #[config(example = "sk_live_{random}")]
        filled: SecretText,
    }
    let loaded = Loader::new().environment(valid_env::<Examples>()).load::<Examples>().unwrap();
    assert_ne!(loaded.fixed.expose_text(), "sk_live_6b7f0c29d3e14a58");
    let filled = loaded.filled.expose_text();
    assert!(filled.starts_with("sk_live_") && filled.len() == 72, "{}", filled.len());
    assert_refuses!(
        Examples,
        valid_env::<Examples>().set("FIXED", "sk_live_6b7f0c29d3e14a58"),
        "secret-example",
        "FIXED"
    );
}
