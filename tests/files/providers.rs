//! Providers that a service defines itself.

use super::*;

/// A provider with fixed values, or a fixed error.
struct Store(Result<Vec<(&'static str, Value)>, &'static str>);

impl Provider for Store {
    fn metadata(&self) -> Metadata {
        Metadata::named("JSON store")
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        let values = self.0.clone().map_err(|text| Error::from(text.to_owned()))?;
        let dict = values.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        Ok(Profile::Default.collect(dict))
    }
}

fn store(values: Vec<(&'static str, Value)>) -> Store {
    Store(Ok(values))
}

fn provided(providers: Vec<Store>, toml: &str) -> Result<Loaded<Settings>, Refusal> {
    let scratch = Scratch::new();
    scratch.file("hardened.toml", toml);
    let environment = tier("production").set("RATIO", "0.1").working_directory(scratch.path());
    let loader = Loader::new().environment(environment);
    providers.into_iter().fold(loader, Loader::figment).load()
}

#[test]
fn a_provider_wins_over_the_file_and_a_later_one_over_an_earlier() {
    let first = store(vec![("port", 3_u16.into()), ("log_level", "first".into()), ("ratio", 0.9.into())]);
    let second =
        store(vec![("log_level", "second".into()), ("jwt", Dict::from([("algorithm".to_owned(), "x".into())]).into())]);
    let loaded = provided(vec![first, second], "port = 2\nwait = '3s'\n[production]\nmetrics = true\n").unwrap();
    assert_eq!((loaded.port, loaded.log_level.as_str()), (3, "second"));
    assert_eq!((loaded.wait, loaded.metrics), (Duration::from_secs(3), true));
    assert!((loaded.ratio - 0.1).abs() < f64::EPSILON, "the variable wins");
    assert_eq!(row(&loaded, "port"), (Some("3".to_owned()), "provider JSON store".to_owned()));
    assert_eq!(row(&loaded, "wait").1, "hardened.toml:2:8");
    assert!(Loaded::report(&loaded).findings().is_empty(), "{}", Loaded::report(&loaded));
    let loaded = provided(vec![store(vec![("port", 3_u16.into())])], "[production]\nport = 2").unwrap();
    assert_eq!(loaded.port, 2, "the tier wins over default");
}

#[test]
fn a_value_of_a_provider_has_its_canonical_text() {
    let texts: [(Value, &str); 8] = [
        (1.5.into(), "1.5"),
        (1.0.into(), "1.0"),
        (1e300.into(), "1e300"),
        (7_u8.into(), "7"),
        ((-7_i64).into(), "-7"),
        (u128::MAX.into(), "340282366920938463463374607431768211455"),
        (true.into(), "true"),
        ('x'.into(), "x"),
    ];
    for (value, text) in texts {
        assert_eq!(provided(vec![store(vec![("log_level", value)])], "").unwrap().log_level, text);
    }
    let list = Value::from(vec![Value::from(1_u8), Value::from(2_u8)]);
    assert_eq!(provided(vec![store(vec![("numbers", list)])], "").unwrap().numbers, [1, 2]);
    let outcome = provided(vec![store(vec![("port", "CaNaRy7".into())])], "");
    assert_eq!(told(&outcome), ["setting-malformed PORT provider JSON store"]);
    assert!(!outcome.unwrap_err().to_string().contains(CANARY));
}

#[test]
fn a_provider_that_fails_is_named_without_its_text() {
    let outcome = provided(vec![Store(Err(CANARY))], "");
    assert_eq!(told(&outcome), ["source-provider-failed JSON store provider JSON store"]);
    assert!(!format!("{outcome:?}").contains(CANARY));
}

#[test]
fn a_declared_secret_in_a_provider_refuses_the_start() {
    for provider in [
        store(vec![("mail_token", CANARY.into())]),
        store(vec![("MAIL_TOKEN", CANARY.into())]),
        store(vec![("jwt", Dict::from([("secret_key".to_owned(), CANARY.into())]).into())]),
        store(vec![("jwt_secret_key", CANARY.into())]),
        store(vec![("deep", Dict::from([("mail_token".to_owned(), CANARY.into())]).into())]),
    ] {
        let outcome = provided(vec![provider], "");
        let found = told(&outcome);
        assert!(found.len() == 1 && found[0].starts_with("secret-in-file"), "{found:?}");
        assert!(!outcome.unwrap_err().to_string().contains(CANARY));
    }
    let outcome = Loader::new()
        .environment(tier("production"))
        .figment(Serialized::default("mail_token", CANARY).profile("staging"))
        .load::<Settings>();
    assert!(report(&outcome).refuses("secret-in-file", "MAIL_TOKEN"), "in any profile");
}

#[test]
fn other_values_of_a_provider_are_ignored() {
    let null = Value::Empty(Default::default(), figment::value::Empty::None);
    let outcome = provided(vec![store(vec![("elsewhere", 1_u8.into()), ("port", null)])], "");
    assert!(report(&outcome).findings().is_empty());
    let outcome = provided(vec![store(vec![("prot", 1_u8.into())])], "");
    assert!(report(&outcome).has("setting-misspelt", "prot"));
    assert!(outcome.is_ok());
}

#[test]
fn the_profile_of_a_provider_is_the_tier() {
    let provider = |profile: &str| Serialized::default("port", 5).profile(profile);
    for (profile, port) in [("production", 5), ("Production", 5), ("test", 1), ("default", 5), ("global", 5)] {
        let loader = Loader::new().environment(tier("production")).figment(provider(profile));
        assert_eq!(loader.load::<Settings>().unwrap().port, port, "{profile}");
    }
}

#[test]
fn the_debug_form_of_a_loader_shows_no_value_of_a_provider() {
    let loader = Loader::new().figment(Serialized::default("port", CANARY));
    assert!(!format!("{loader:?}").contains(CANARY));
}
