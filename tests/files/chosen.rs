//! Which files are read: files named by an argument, a variable or the code; the local file; and files of providers.

use std::path::{Path, PathBuf};

use super::*;

/// Loads in a directory with these files. An entry named `=` is not a file, but the value of the variable `APP_CONFIG`.
fn load(
    tier_name: &str,
    files: &[(&str, &str)],
    loader: impl FnOnce(Loader, &Path) -> Loader,
) -> Result<Loaded<Settings>, Refusal> {
    let scratch = Scratch::new();
    for (name, text) in files {
        scratch.file(name, text);
    }
    let loader = loader(Loader::new(), scratch.path());
    let environment = tier(tier_name).working_directory(scratch.path()).set("APP_CONFIG", "");
    let environment = files.iter().filter(|(name, _)| *name == "=").fold(environment, |environment, (_, value)| {
        environment.set("APP_CONFIG", value.replace('@', &scratch.path().display().to_string()))
    });
    loader.environment(environment).load()
}

const SHARED: (&str, &str) = ("hardened.toml", "port = 2\n");
const BASE: (&str, &str) = ("base.toml", "port = 3\nlog_level = 'base'\n[jwt]\nalgorithm = 'HS384'\n");
const OVER: (&str, &str) = ("over.toml", "\nlog_level = 'over'\n[production]\nwait = '9s'\n");

#[test]
fn named_files_are_read_instead_of_the_searched_one_and_a_later_one_wins() {
    let loaded =
        load("production", &[SHARED, BASE, OVER], |loader, _| loader.files(["base.toml", "over.toml"])).unwrap();
    assert_eq!((loaded.port, loaded.wait), (3, Duration::from_secs(9)));
    assert_eq!(row(&loaded, "port"), (Some("3".to_owned()), "base.toml:1:8".to_owned()));
    assert_eq!(row(&loaded, "log_level"), (Some("over".to_owned()), "over.toml:2:13".to_owned()));
    assert_eq!(row(&loaded, "jwt.algorithm").1, "base.toml:4:13");
    let loaded =
        load("production", &[SHARED, BASE, OVER], |loader, _| loader.files(["over.toml", "base.toml"])).unwrap();
    assert_eq!(loaded.log_level, "base");
    assert!(Loaded::report(&loaded).findings().iter().all(|finding| finding.severity() == Severity::Note));
}

#[test]
fn the_section_of_the_tier_overrides_a_later_file() {
    let over = ("over.toml", "port = 4\n");
    let base = ("base.toml", "[production]\nport = 3\n");
    for (name, expected) in [("production", 3), ("preview", 4)] {
        let loaded = load(name, &[base, over], |loader, _| loader.files(["base.toml", "over.toml"])).unwrap();
        assert_eq!(loaded.port, expected, "{name}");
    }
}

#[test]
fn an_argument_overrides_the_variable_which_overrides_the_code() {
    let files = [SHARED, BASE, OVER, ("own.toml", "port = 5")];
    let by_code = |loader: Loader| loader.files(["base.toml"]).files_variable("APP_CONFIG");
    let none: [&str; 0] = [];
    for (case, variable, argument, expected) in [
        ("nothing but the code", "", None, 3),
        ("a blank variable", "  ", None, 3),
        ("commas alone", " , ", None, 3),
        ("the variable", "own.toml", None, 5),
        ("an absolute path", "@/own.toml", None, 5),
        ("several", " over.toml , own.toml ,", None, 5),
        ("the argument", "own.toml", Some("base.toml"), 3),
    ] {
        let files: Vec<_> = files.into_iter().chain([("=", variable)]).collect();
        let loaded = load("production", &files, |loader, _| by_code(loader).files_argument("--config", argument));
        assert_eq!(loaded.unwrap().port, expected, "{case}");
    }
    let loaded = load("production", &[SHARED, BASE], |loader, _| loader.files_argument("--config", none)).unwrap();
    assert_eq!(loaded.port, 2, "no file is named");
}

#[test]
fn a_named_file_that_cannot_be_read_refuses_the_start_without_its_path() {
    for (variable, finding, fact) in [
        ("CaNaRy7.toml", "source-unreadable APP_CONFIG", "the file that is named here does not exist"),
        ("base.toml,CaNaRy7", "source-unreadable APP_CONFIG", "file 2 that is named here does not exist"),
        ("postgres://u:CaNaRy7@h/d", "source-unreadable APP_CONFIG", "does not exist"),
        ("config.yaml", "source-malformed APP_CONFIG", "the file that is named here is not TOML"),
        ("config.JSON", "source-malformed APP_CONFIG", "read this one with a provider"),
        (".", "source-unreadable", "is not a regular file"),
    ] {
        let files = [BASE, ("config.yaml", "port: 1"), ("config.JSON", "{}"), ("=", variable)];
        let outcome = load("production", &files, |loader, _| loader.files_variable("APP_CONFIG"));
        let first = told(&outcome);
        assert!(first.first().is_some_and(|first| first.starts_with(finding)), "{variable}: {first:?}");
        let text = outcome.unwrap_err().to_string();
        assert!(text.contains(fact) && !text.contains(CANARY), "{variable}: {text}");
    }
    let outcome = load("production", &[], |loader, _| loader.files_argument("--config", ["x"]));
    assert_eq!(told(&outcome), ["source-unreadable --config"]);
    let outcome = load("production", &[], |loader, _| loader.files(["x"]));
    assert_eq!(told(&outcome), ["source-unreadable Loader::files"]);
}

#[test]
fn a_mistake_in_a_named_file_is_reported_with_its_name() {
    for (text, expected) in [
        ("port = ", vec!["source-malformed base.toml base.toml:1:8"]),
        ("prot = 1", vec!["source-unknown-key prot base.toml:1:1"]),
        ("'x-y' = 1", vec!["source-unknown-key base.toml base.toml:1:1"]),
        ("mail_token = 'x'", vec!["secret-in-file MAIL_TOKEN base.toml:1:1"]),
        ("port = 'x'", vec!["setting-malformed PORT base.toml:1:8"]),
    ] {
        let outcome = load("production", &[("base.toml", text)], |loader, _| loader.files(["base.toml"]));
        assert_eq!(told(&outcome), expected, "{text}");
    }
}

#[test]
fn a_double_without_a_working_directory_reads_no_relative_file() {
    let loader = Loader::new().files(["base.toml"]).environment(tier("production"));
    assert_eq!(loader.load::<Settings>().unwrap().port, 1);
}

#[test]
fn the_local_file_is_read_in_development_and_test_only() {
    let local = ("hardened.local.toml", "port = 7\n");
    for (name, ports) in [("development", [7, 7]), ("test", [7, 7]), ("preview", [2, 1]), ("production", [2, 1])] {
        let is_read = ports == [7, 7];
        for (files, port) in [vec![SHARED, local], vec![local]].into_iter().zip(ports) {
            let loaded = load(name, &files, |loader, _| loader).unwrap();
            assert_eq!(loaded.port, port, "{name}");
            assert_eq!(Loaded::report(&loaded).has("source-ignored", "hardened.local.toml"), !is_read, "{name}");
        }
        let loaded = load(name, &[SHARED, local, BASE], |loader, _| loader.files(["base.toml"])).unwrap();
        assert_eq!(loaded.port, 3, "{name}: no local file next to named ones");
        assert!(!Loaded::report(&loaded).has("source-ignored", "hardened.local.toml"), "{name}");
    }
    let loaded = load("test", &[("hardened.toml", "[test]\nport = 2"), local], |loader, _| loader).unwrap();
    assert_eq!(loaded.port, 2, "the tier decides before the file");
    let outcome = load("development", &[SHARED, ("hardened.local.toml", "mail_token = 'CaNaRy7'")], |loader, _| loader);
    assert_eq!(told(&outcome), ["secret-in-file MAIL_TOKEN hardened.local.toml:1:1"]);
}

#[test]
fn another_environment_names_its_own_files() {
    let scratch = Scratch::new();
    let file = scratch.file("other.toml", "port = 6");
    let environment = tier("production").set("APP_CONFIG", &file);
    let loaded = Loader::new().files_variable("APP_CONFIG").environment(environment).load::<Settings>().unwrap();
    assert_eq!(loaded.port, 6);
}

/// A provider that reads a file, like figment's own.
struct Json(PathBuf);

impl Provider for Json {
    fn metadata(&self) -> Metadata {
        Metadata::from("JSON file", self.0.as_path())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        let text = std::fs::read_to_string(&self.0).map_err(|error| Error::from(error.to_string()))?;
        let values: Dict = serde_json::from_str(&text).map_err(|error| Error::from(error.to_string()))?;
        Ok(Profile::Default.collect(values))
    }
}

#[test]
fn an_unknown_key_in_the_file_of_a_provider_refuses_the_start_with_the_name_of_the_file() {
    for (text, expected, meant) in [
        (r#"{ "port": 3 }"#, None, ""),
        (r#"{ "prot": 3 }"#, Some("source-unknown-key prot"), "did you mean port?"),
        (r#"{ "jwt": { "algoritm": "x" } }"#, Some("source-unknown-key algoritm"), "did you mean algorithm?"),
        (r#"{ "CaNaRy7-x": 3 }"#, Some("source-unknown-key config.json"), "a key that is not shown"),
        (r#"{ "production": { "port": 3 } }"#, Some("source-unknown-key production"), "does not belong to a setting"),
        (r#"{ "mail_token": "CaNaRy7" }"#, Some("secret-in-file MAIL_TOKEN"), "from a provider"),
    ] {
        let outcome =
            load("production", &[("config.json", text)], |loader, path| loader.figment(Json(path.join("config.json"))));
        let printed = report(&outcome).to_string();
        match expected {
            None => {
                let loaded = outcome.unwrap();
                assert_eq!(loaded.port, 3);
                assert_eq!(row(&loaded, "port").1, "config.json");
            }
            Some(expected) => {
                assert!(told(&outcome)[0].starts_with(expected), "{text}: {:?}", told(&outcome));
                assert!(printed.contains(meant) && printed.contains("config.json"), "{text}: {printed}");
                assert!(!printed.contains(CANARY), "{printed}");
            }
        }
    }
}

#[test]
fn a_provider_whose_file_does_not_exist_is_not_treated_as_a_file() {
    struct Missing;

    impl Provider for Missing {
        fn metadata(&self) -> Metadata {
            Metadata::from("JSON file", Path::new("/CaNaRy7/config.json"))
        }

        fn data(&self) -> Result<Map<Profile, Dict>, Error> {
            Ok(Profile::Default.collect(Dict::from([("other".to_owned(), 1_u8.into())])))
        }
    }

    let loaded = load("production", &[], |loader, _| loader.figment(Missing)).unwrap();
    assert!(!Loaded::report(&loaded).to_string().contains(CANARY));
}
