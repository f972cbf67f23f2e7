//! `hardened.toml` and providers: sections, tiers, precedence, provenance, unknown keys, secrets, and bad input.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(all(unix, feature = "derive", feature = "files"))]

mod broken;
mod chosen;
mod generated;
mod names;
mod providers;
mod secrets;
mod shared;
mod strangers;

use std::time::Duration;

use figment::{
    Error, Metadata, Profile, Provider,
    providers::Serialized,
    value::{Dict, Map, Value},
};
use hardened::{Config, Environment, JwtSecret, Loaded, Loader, Refusal, Report, SecretText, finding::Severity};
use test_support::{
    KEY, Scratch,
    exact_text::{EXACT_TEXT, basic_string, literal_string},
};

/// A marker in every value that must not be shown.
const CANARY: &str = "CaNaRy7";

#[derive(Debug, Config)]
struct Settings {
    /// A port.
    #[config(default = 1)]
    port: u16,
    /// The least level that is logged.
    #[config(default = "info", show)]
    log_level: String,
    /// Several.
    #[config(default = [], show)]
    tags: Vec<String>,
    /// Several numbers.
    #[config(default = [])]
    numbers: Vec<u32>,
    /// A length of time.
    #[config(default = "1s")]
    wait: Duration,
    /// A share.
    #[config(default = 0.5)]
    ratio: f64,
    /// A flag.
    #[config(default = false)]
    metrics: bool,
    /// A credential.
    mail_token: Option<SecretText>,
    /// Tokens.
    #[config(nested)]
    jwt: Tokens,
    /// A cache.
    #[config(nested)]
    cache: Option<Cache>,
}

/// A group with a key.
#[derive(Debug, Config)]
#[config(prefix = "JWT_")]
struct Tokens {
    /// The key.
    #[expect(dead_code, reason = "read into, not read from")]
    secret_key: Option<JwtSecret>,
    /// The algorithm.
    #[config(default = "HS256", show)]
    algorithm: String,
    /// A group in the group.
    #[config(nested)]
    limits: Limits,
}

/// A group in a group.
#[derive(Debug, Config)]
#[config(prefix = "LIMITS_")]
struct Limits {
    /// The most.
    #[config(default = 10)]
    most: u8,
}

/// A group that is optional.
#[derive(Debug, Config)]
#[config(prefix = "CACHE_")]
struct Cache {
    /// Where.
    host: String,
    /// How long.
    #[config(default = "1m")]
    #[expect(dead_code, reason = "read into, not read from")]
    keep: Duration,
}

fn tier(name: &str) -> Environment {
    Environment::empty().set("ENVIRONMENT", name)
}

/// Loads in production, from this file only.
fn with(toml: &str) -> Result<Loaded<Settings>, Refusal> {
    with_in("production", toml)
}

fn with_in(name: &str, toml: &str) -> Result<Loaded<Settings>, Refusal> {
    let scratch = Scratch::new();
    scratch.file("hardened.toml", toml);
    Loader::new().environment(tier(name).working_directory(scratch.path())).load()
}

fn of_section(name: &str, own: &'static str, toml: &str) -> Result<Loaded<Settings>, Refusal> {
    let scratch = Scratch::new();
    scratch.file("hardened.toml", toml);
    Loader::new().environment(tier(name).working_directory(scratch.path())).section(own).load()
}

fn report(outcome: &Result<Loaded<Settings>, Refusal>) -> &Report {
    match outcome {
        Ok(loaded) => Loaded::report(loaded),
        Err(refusal) => refusal.report(),
    }
}

/// Returns `code subject line:column` of every finding that is more than a note.
fn told(outcome: &Result<Loaded<Settings>, Refusal>) -> Vec<String> {
    let findings = report(outcome).findings().iter().filter(|finding| finding.severity() > Severity::Note);
    findings
        .map(|finding| {
            let place = finding.provenance().map(ToString::to_string).unwrap_or_default();
            let place = place.rsplit('/').next().unwrap_or_default().trim_start_matches("hardened.toml");
            format!("{} {} {}", finding.code(), finding.subject(), place.trim_start_matches(':')).trim_end().to_owned()
        })
        .collect()
}

/// Returns the value and the provenance of one row.
fn row(loaded: &Loaded<Settings>, path: &str) -> (Option<String>, String) {
    let row = Loaded::table(loaded).rows().iter().find(|row| row.path() == path).unwrap();
    let place = row.provenance().map(ToString::to_string).unwrap_or_default();
    (row.value().map(str::to_owned), place.rsplit('/').next().unwrap_or_default().to_owned())
}

#[test]
fn a_value_comes_from_the_tier_then_from_default_then_from_the_code() {
    let flat = "port = 2\n";
    let default = "[default]\nport = 3\n";
    let mixed = "port = 2\n[development]\nport = 4\n[test]\nport = 5\n[preview]\nport = 6\n[production]\nport = 7\n";
    let both = "[default]\nlog_level = 'x'\n[production]\nport = 7\n";
    let expected = [
        ("none", "", [1, 1, 1, 1]),
        ("flat", flat, [2, 2, 2, 2]),
        ("default", default, [3, 3, 3, 3]),
        ("mixed", mixed, [4, 5, 6, 7]),
        ("both", both, [1, 1, 1, 7]),
        ("unused", "[test]\nport = 5\n", [1, 5, 1, 1]),
        ("inline", "production = { port = 8 }", [1, 1, 1, 8]),
        ("dotted", "production.port = 8\ndefault.port = 9", [9, 9, 9, 8]),
    ];
    for (case, toml, ports) in expected {
        for (name, port) in ["development", "test", "preview", "production"].into_iter().zip(ports) {
            assert_eq!(with_in(name, toml).unwrap().port, port, "{case} in {name}");
        }
    }
}

#[test]
fn each_setting_falls_back_on_its_own() {
    let loaded = with(
        "log_level = 'debug'\njwt.algorithm = 'HS384'\n[jwt.limits]\nmost = 20\n[production]\nport = 7\njwt.algorithm = \
         'HS512'\n",
    )
    .unwrap();
    assert_eq!((loaded.port, loaded.log_level.as_str()), (7, "debug"));
    assert_eq!((loaded.jwt.algorithm.as_str(), loaded.jwt.limits.most), ("HS512", 20));
}

#[test]
fn findings_and_rows_know_file_line_and_column() {
    let loaded =
        with("# a comment\nport = 2\n[jwt]\n  algorithm = 'HS384'\n[production.jwt.limits]\nmost=3\n").unwrap();
    assert_eq!(row(&loaded, "port"), (Some("2".to_owned()), "hardened.toml:2:8".to_owned()));
    assert_eq!(row(&loaded, "jwt.algorithm"), (Some("HS384".to_owned()), "hardened.toml:4:15".to_owned()));
    assert_eq!(row(&loaded, "jwt.limits.most"), (Some("3".to_owned()), "hardened.toml:6:6".to_owned()));
    assert_eq!(row(&loaded, "ratio").1, "default");
    let refused = with("port = 'CaNaRy7'\n[production.jwt.limits]\nmost = 300\n");
    assert_eq!(told(&refused), ["setting-malformed PORT 1:8", "setting-malformed LIMITS_MOST 3:8"]);
    assert!(!refused.unwrap_err().to_string().contains(CANARY));
}

#[test]
fn a_variable_wins_over_the_file_without_a_finding() {
    let scratch = Scratch::new();
    scratch.file("hardened.toml", "port = 2\nlog_level = 'debug'\ntags = ['a,b']\n");
    let environment = tier("production").set("PORT", "9").set("TAGS", "x").working_directory(scratch.path());
    let loaded = Loader::new().environment(environment).load::<Settings>().unwrap();
    assert_eq!((loaded.port, loaded.log_level.as_str()), (9, "debug"));
    assert_eq!(loaded.tags, ["x"]);
    assert!(Loaded::report(&loaded).findings().is_empty(), "{}", Loaded::report(&loaded));
    assert_eq!(row(&loaded, "port").1, "variable PORT");
}

#[test]
fn an_env_file_wins_over_the_file() {
    let scratch = Scratch::new();
    scratch.file("hardened.toml", "port = 2\nlog_level = 'debug'\n");
    scratch.file(".env", "PORT=3\n");
    let environment = tier("development").working_directory(scratch.path());
    let loaded = Loader::new().environment(environment).load::<Settings>().unwrap();
    assert_eq!((loaded.port, loaded.log_level.as_str()), (3, "debug"));
}

#[test]
fn a_blank_value_counts_as_unset_with_a_note() {
    for toml in ["log_level = ''", "log_level = '  '", "log_level = 'x'\n[production]\nlog_level = ''"] {
        let loaded = with(toml).unwrap();
        assert_eq!(loaded.log_level, "info", "{toml}");
        assert!(Loaded::report(&loaded).has("setting-blank", "LOG_LEVEL"), "{toml}");
    }
    let loaded = with("tags = []").unwrap();
    assert!(loaded.tags.is_empty() && Loaded::report(&loaded).has("setting-blank", "TAGS"));
}

#[test]
fn the_forms_of_toml_become_the_text_that_the_setting_reads() {
    let loaded = with(
        "port = 0x1F_90\nnumbers = [1_000, 0b11, +5]\ntags = [\"a\", 'b', 1.10, true]\nwait = '90s'\nratio = \
         1_0.25\nmetrics = true\nlog_level = 1.10\n",
    )
    .unwrap();
    assert_eq!(loaded.port, 8080);
    assert_eq!(loaded.numbers, [1000, 3, 5]);
    assert_eq!(loaded.tags, ["a", "b", "1.10", "true"]);
    assert_eq!((loaded.wait, loaded.metrics), (Duration::from_secs(90), true));
    assert!((loaded.ratio - 10.25).abs() < f64::EPSILON);
    assert_eq!(loaded.log_level, "1.10");
    for (toml, text) in
        [("log_level = 1_000", "1_000"), ("log_level = 2024-01-01", "2024-01-01"), ("log_level = 0xFF", "0xFF")]
    {
        assert_eq!(with(toml).unwrap().log_level, text);
    }
    assert_eq!(with("tags = 'a, b'").unwrap().tags, ["a", "b"]);
    assert_eq!(with("numbers = 0x10").unwrap().numbers, [16]);
}

#[test]
fn a_toml_value_of_the_wrong_shape_is_one_finding() {
    for (toml, place) in [
        ("tags = ['a', 'b,c']", "setting-malformed TAGS 1:8"),
        ("tags = [['a']]", "setting-malformed TAGS 1:8"),
        ("tags = [{a = 1}]", "setting-malformed TAGS 1:8"),
        ("tags = ['a', '']", "setting-malformed TAGS 1:8"),
        ("log_level = ['a']", "setting-malformed LOG_LEVEL 1:13"),
        ("[port]\nx = 1", "setting-malformed PORT 1:1"),
        ("port = { x = 1 }", "setting-malformed PORT 1:8"),
        ("jwt = 1", "source-malformed jwt 1:1"),
        ("[[jwt]]\nalgorithm = 'x'", "source-malformed jwt 1:3"),
        ("port = 1\n[default]\nport = 2", "source-malformed port 3:1"),
    ] {
        assert_eq!(told(&with(toml)), [place], "{toml}");
    }
    assert_eq!(told(&with("[default.port]\nx = 1\n[production]\nport = 2")), [""; 0], "the tier's value counts");
}

#[test]
fn a_key_of_an_optional_group_makes_it_required() {
    assert!(with("").unwrap().cache.is_none());
    assert_eq!(with("cache.host = 'h'").unwrap().cache.as_ref().unwrap().host, "h");
    assert_eq!(told(&with("[cache]\nkeep = '1s'")), ["setting-missing CACHE_HOST"]);
    assert!(with("[cache]\nhost = ''").unwrap().cache.is_none());
    assert!(with("[development.cache]\nhost = 'h'").unwrap().cache.is_none());
}

#[derive(Debug, Config)]
struct Exact {
    /// The value.
    #[config(file)]
    value: String,
}

#[test]
fn a_text_arrives_byte_for_byte_from_every_source() {
    let readme = include_str!("../../README.md");
    assert!(readme.contains(&format!("[{} values]", EXACT_TEXT.len())), "{} values", EXACT_TEXT.len());
    let value =
        |environment: Environment| Loader::new().environment(environment).load::<Exact>().unwrap().value.clone();
    let scratch = Scratch::new();
    let in_file = |toml: String| {
        scratch.file("hardened.toml", toml);
        value(tier("production").working_directory(scratch.path()))
    };
    for text in EXACT_TEXT {
        assert_eq!(value(tier("production").set("VALUE", text)), *text, "variable");
        for end in ["", "\n", "\r\n"] {
            let path = scratch.file("mounted", format!("{text}{end}"));
            assert_eq!(value(tier("production").set("VALUE_FILE", path)), *text, "file that ends in {end:?}");
        }
        assert_eq!(in_file(format!("value = {}", basic_string(text))), *text, "TOML");
        if let Some(literal) = literal_string(text) {
            assert_eq!(in_file(format!("value = {literal} # a comment")), *text, "literal TOML");
        }
        let provided = Loader::new().environment(tier("production")).figment(Serialized::default("value", text));
        assert_eq!(provided.load::<Exact>().unwrap().value, *text, "provider");
    }
}
