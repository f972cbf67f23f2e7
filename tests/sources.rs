//! The sources of values: precedence, provenance, blank values, conflicts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(all(unix, feature = "derive"))]

use hardened::{Config, Environment, Loaded, Loader, SecretText};
use test_support::{KEY, Scratch, findings, load};

#[derive(Debug, Config)]
struct Settings {
    /// A token of somebody else.
    mail_token: SecretText,
    /// How many at once.
    #[config(default = 4)]
    workers: u32,
}

const OTHER: &str = "q8ZxT3vB7nM1kL5jH9gF2dS6aP4oI0uYtReWqXcVbNmAsDfG";

fn tier(name: &str) -> Environment {
    Environment::empty().set("ENVIRONMENT", name)
}

#[test]
fn env_files_are_read_in_development_and_test_only() {
    let scratch = Scratch::new();
    scratch.file(".env", format!("MAIL_TOKEN={KEY}\nWORKERS=7\n"));
    for (name, reads) in [("development", true), ("test", true), ("preview", false), ("production", false)] {
        let environment = tier(name).working_directory(scratch.path());
        if reads {
            let loaded = load::<Settings>(environment).unwrap();
            assert_eq!((loaded.mail_token.expose_text(), loaded.workers), (KEY, 7), "{name}");
            let sources: Vec<_> =
                Loaded::table(&loaded).rows().iter().map(|row| row.provenance().unwrap().to_string()).collect();
            let at = |line| format!("{}:{line}", scratch.path().join(".env").display());
            assert_eq!(sources, [at(1), at(2)], "{name}");
        } else {
            let found = findings::<Settings>(environment);
            assert_eq!(
                found,
                [("secret-missing", "MAIL_TOKEN".to_owned()), ("dotenv-ignored", ".env".to_owned())],
                "{name}"
            );
        }
    }
}

#[test]
fn env_files_keep_the_exact_text() {
    #[derive(Debug, Config)]
    struct Text {
        /// Anything.
        anything: String,
    }
    let scratch = Scratch::new();
    let environment = || tier("test").working_directory(scratch.path());
    for value in test_support::exact_text::EXACT_TEXT {
        let escaped = [("\\", "\\\\"), ("\"", "\\\""), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")]
            .iter()
            .fold((*value).to_owned(), |text, (symbol, escape)| text.replace(symbol, escape));
        scratch.file(".env", format!("ANYTHING=\"{escaped}\"\n"));
        assert_eq!(load::<Text>(environment()).unwrap().anything, *value);
        if !value.contains('\'') {
            scratch.file(".env", format!("ANYTHING='{value}'\n"));
            assert_eq!(load::<Text>(environment()).unwrap().anything, *value);
        }
    }
}

#[test]
fn env_files_are_searched_upwards_to_the_workspace_root() {
    let scratch = Scratch::new();
    scratch.file("Cargo.lock", "");
    scratch.file(".env", format!("MAIL_TOKEN={KEY}"));
    scratch.file("crates/a/Cargo.toml", "");
    let loaded = load::<Settings>(tier("test").working_directory(scratch.path().join("crates/a"))).unwrap();
    assert_eq!(loaded.mail_token.expose_text(), KEY);
    let refused = load::<Settings>(tier("production").working_directory(scratch.path().join("crates/a"))).unwrap_err();
    assert!(refused.report().has("dotenv-ignored", ".env"), "a refusal says why it was not read: {refused}");
}

#[test]
fn a_malformed_line_refuses_the_start_and_only_its_number_is_shown() {
    let scratch = Scratch::new();
    scratch.file(".env", format!("WORKERS=7\n{KEY} x\nMAIL_TOKEN='{OTHER}\n"));
    let refusal = load::<Settings>(tier("development").working_directory(scratch.path())).unwrap_err();
    let text = refusal.to_string();
    assert!(
        text.contains("line 2: expected NAME=value") && text.contains("line 3: expected a closing quote"),
        "{text}"
    );
    assert!(!text.contains(KEY) && !text.contains(OTHER), "{text}");
}

#[test]
fn an_env_file_that_is_not_text_is_reported() {
    let scratch = Scratch::new();
    let environment = |name: &str| tier("test").set("MAIL_TOKEN", KEY).working_directory(scratch.path().join(name));
    scratch.file("bytes/.env", [b'A', b'=', 0xff]);
    scratch.file("huge/.env", vec![b'#'; 1024 * 1024 + 1]);
    scratch.file("directory/.env/inside", "");
    for name in ["bytes", "huge", "directory"] {
        assert_eq!(findings::<Settings>(environment(name)), [("dotenv-malformed", ".env".to_owned())], "{name}");
    }
}

#[test]
fn secret_directories_hold_one_file_for_each_secret() {
    let scratch = Scratch::new();
    for (name, found) in [
        ("MAIL_TOKEN", true),
        ("mail_token", true),
        ("mail-token", true),
        ("Mail_Token", false),
        ("MAIL_TOKEN.txt", false),
    ] {
        let directory = scratch.path().join(format!("for-{name}"));
        scratch.file(&format!("for-{name}/{name}"), format!("{KEY}\n"));
        scratch.file(&format!("for-{name}/stranger"), "not looked at");
        let loaded = Loader::new().environment(tier("production")).secret_directory(&directory).load::<Settings>();
        assert_eq!(loaded.is_ok_and(|loaded| loaded.mail_token.expose_text() == KEY), found, "{name}");
    }
}

#[test]
fn settings_that_are_not_secrets_are_not_read_from_secret_directories() {
    let scratch = Scratch::new();
    scratch.file("mail_token", KEY);
    scratch.file("workers", "9");
    let environment = tier("production").set("CREDENTIALS_DIRECTORY", scratch.path());
    assert_eq!(load::<Settings>(environment).unwrap().workers, 4);
}

#[test]
fn a_higher_source_wins_and_two_equal_ones_are_inconsistent() {
    let (first, second) = (Scratch::new(), Scratch::new());
    let mounted = first.file("mail_token", KEY);
    second.file("mail-token", OTHER);
    first.file(".env", format!("MAIL_TOKEN={OTHER}"));
    let base = || tier("development").set("CREDENTIALS_DIRECTORY", first.path());
    let both = || Loader::new().environment(base()).secret_directory(second.path());

    let loaded = load::<Settings>(base().set("MAIL_TOKEN", OTHER)).unwrap();
    assert_eq!(loaded.mail_token.expose_text(), OTHER, "a variable before a directory");
    let loaded = load::<Settings>(base().working_directory(first.path())).unwrap();
    assert_eq!(loaded.mail_token.expose_text(), KEY, "a directory before .env");
    let loaded = load::<Settings>(base().set("MAIL_TOKEN_FILE", mounted)).unwrap();
    assert_eq!(loaded.mail_token.expose_text(), KEY, "a named file before a directory");
    let refusal = both().load::<Settings>().unwrap_err();
    assert!(refusal.report().refuses("file-conflict", "MAIL_TOKEN"), "{refusal}");
}

#[test]
fn a_directory_that_is_named_twice_is_one_directory() {
    let (scratch, other) = (Scratch::new(), Scratch::new());
    scratch.file("mail_token", KEY);
    let link = other.path().join("link");
    std::os::unix::fs::symlink(scratch.path(), &link).unwrap();
    let [here, there, link] = [scratch.path(), other.path(), link.as_path()];
    for (own, platform) in [
        (&[here][..], here),
        (&[here, there], here),
        (&[there, here, there], here),
        (&[here, there, here], there),
        (&[link], here),
        (&[here, link], there),
    ] {
        let loader = Loader::new().environment(tier("production").set("CREDENTIALS_DIRECTORY", platform));
        let loader = own.iter().fold(loader, |loader, directory| loader.secret_directory(directory));
        let loaded = loader.load::<Settings>().unwrap_or_else(|refusal| panic!("{own:?}: {refusal}"));
        assert_eq!(loaded.mail_token.expose_text(), KEY);
    }
}

#[test]
fn a_kubernetes_service_sets_no_optional_group() {
    #[derive(Debug, Config)]
    struct Mail {
        /// Host of the mail server.
        #[config(env = "MAIL_HOST")]
        host: String,
        /// Port of the mail server.
        #[config(env = "MAIL_PORT")]
        port: u16,
    }
    #[derive(Debug, Config)]
    struct Service {
        #[config(nested)]
        mail: Option<Mail>,
    }
    let link = tier("production").set("MAIL_PORT", "tcp://10.0.0.1:25");
    let outcome = Loader::new().environment(link.clone()).load::<Service>();
    assert!(outcome.unwrap_err().report().refuses("setting-malformed", "MAIL_PORT"), "no Service of that name");
    let loaded = Loader::new().environment(link.set("MAIL_SERVICE_HOST", "10.0.0.1")).load::<Service>().unwrap();
    assert!(loaded.mail.is_none());
    let set = tier("production").set("MAIL_HOST", "mail.example.com").set("MAIL_PORT", "25");
    let mail = Loader::new().environment(set).load::<Service>().unwrap();
    let mail = mail.mail.as_ref().unwrap();
    assert_eq!((mail.host.as_str(), mail.port), ("mail.example.com", 25));
}

#[test]
fn a_directory_of_ten_thousand_strangers_is_not_listed() {
    let scratch = Scratch::new();
    for number in 0..10_000 {
        std::fs::write(scratch.path().join(format!("stranger-{number}")), "x").unwrap();
    }
    scratch.file("mail_token", KEY);
    let loader = Loader::new().environment(tier("production")).secret_directory(scratch.path());
    assert_eq!(loader.load::<Settings>().unwrap().mail_token.expose_text(), KEY);
}

#[test]
fn several_variables_of_one_setting_must_agree() {
    #[derive(Debug, Config)]
    struct Ports {
        /// Port to listen on.
        #[config(env = ["PORT", "API_PORT"], default = 8080)]
        port: u16,
    }
    for (port, api_port, expected) in [
        (None, None, Some(8080)),
        (Some("1"), None, Some(1)),
        (None, Some("2"), Some(2)),
        (Some("3"), Some("3"), Some(3)),
        (Some("3"), Some(""), Some(3)),
        (Some("3"), Some("4"), None),
    ] {
        let mut environment = tier("production");
        environment = port.into_iter().fold(environment, |environment, value| environment.set("PORT", value));
        environment = api_port.into_iter().fold(environment, |environment, value| environment.set("API_PORT", value));
        let loaded = load::<Ports>(environment.clone());
        assert_eq!(loaded.ok().map(|loaded| loaded.port), expected, "{port:?} {api_port:?}");
        if expected.is_none() {
            assert_eq!(findings::<Ports>(environment), [("setting-conflict", "PORT".to_owned())]);
        }
    }
}

#[test]
fn an_address_that_kubernetes_makes_is_not_a_value() {
    #[derive(Debug, Config)]
    struct Ports {
        /// Port to listen on.
        #[config(env = ["PORT", "API_PORT"], default = 8080)]
        port: u16,
    }
    let link = tier("production").set("API_PORT", "tcp://10.0.0.1:80").set("API_SERVICE_HOST", "10.0.0.1");
    assert_eq!(findings::<Ports>(link.clone()), [("setting-service-link", "API_PORT".to_owned())]);
    assert_eq!(load::<Ports>(link.clone()).unwrap().port, 8080);
    assert_eq!(load::<Ports>(link.clone().set("PORT", "9")).unwrap().port, 9);
    let alone = link.unset("API_SERVICE_HOST");
    assert_eq!(findings::<Ports>(alone), [("setting-malformed", "PORT".to_owned())]);
}

#[test]
fn misspelt_variables_are_named_next_to_missing_ones() {
    for (name, told) in [
        ("MAIL_TOKN", true),
        ("MAIL_TOKENS", true),
        ("mail_token", true),
        ("MAIL_TOKEN ", true),
        ("MIAL_TOKEN", true),
        ("MALI_TOEKN", true),
        ("MALI_TEOKS", false),
        ("NAIL_TOKEN", false),
        ("MAIL_TOKEN_NAME", false),
        ("MAIL-TOKEN", false),
    ] {
        let refusal = load::<Settings>(tier("production").set(name, KEY)).unwrap_err();
        assert!(refusal.report().refuses("secret-missing", "MAIL_TOKEN"));
        let hint = format!("({name} is set: did you mean that?)");
        assert_eq!(refusal.to_string().contains(&hint), told, "{name}: {refusal}");
    }
}

#[test]
fn misspelt_variables_of_settings_with_a_default_are_a_note() {
    let environment = tier("production").set("MAIL_TOKEN", KEY).set("WORKRES", "9");
    assert_eq!(findings::<Settings>(environment), [("setting-misspelt", "WORKRES".to_owned())]);
}

#[test]
fn a_misspelt_variable_of_the_tier_is_reported_if_no_tier_is_declared() {
    let set = |name: &str| Environment::empty().set("MAIL_TOKEN", KEY).set(name, "development");
    for (name, tells) in [
        ("ENVIROMENT", true),
        ("ENVIRONMENTS", true),
        ("ENVIRONMNET", true),
        ("environment", true),
        ("ENVIRONS", false),
        ("NODE_ENV", false),
        ("RUST_ENV", false),
    ] {
        let expected = if tells { vec![("setting-misspelt", name.to_owned())] } else { Vec::new() };
        assert_eq!(findings::<Settings>(set(name)), expected, "{name}");
    }
    let declared = set("ENVIROMENT").set("ENVIRONMENT", "production");
    assert_eq!(findings::<Settings>(declared), []);
    let own = Loader::new().tier_variable("SHOP_TIER").environment(set("SHOP_TEIR")).load::<Settings>().unwrap();
    assert!(Loaded::report(&own).has("setting-misspelt", "SHOP_TEIR"), "{}", Loaded::report(&own));
}

#[test]
fn the_variables_of_another_configuration_are_not_misspellings() {
    #[derive(Debug, Config)]
    #[allow(dead_code, reason = "declared, not read")]
    struct Neighbour {
        /// Its own.
        #[config(default = 1)]
        worker: u32,
    }
    let environment = tier("production").set("MAIL_TOKEN", KEY).set("WORKER", "9");
    assert_eq!(findings::<Settings>(environment.clone()), [("setting-misspelt", "WORKER".to_owned())]);
    let loaded = Loader::new().environment(environment).also_known::<Neighbour>().load::<Settings>().unwrap();
    assert_eq!(Loaded::report(&loaded).findings(), []);
}
