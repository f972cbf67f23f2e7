//! `hardened.toml` and providers: sections, tiers, precedence, provenance, strangers, secrets, and bad input.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(all(unix, feature = "derive", feature = "files"))]

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

/// In every value that must not be shown.
const CANARY: &str = "CaNaRy7";

#[derive(Debug, Config)]
struct Settings {
    /// A port.
    #[config(default = 1)]
    port: u16,
    /// How much is told.
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

/// Loads in production, from this file alone.
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

/// `code subject line:column` of every finding above a note.
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

/// The value and the place of one row.
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
fn what_is_no_text_of_a_setting_is_one_finding() {
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

#[test]
fn a_stranger_is_told_with_its_place_and_what_was_meant() {
    for (toml, finding, meant) in [
        ("prot = 1", "source-unknown-key prot 1:1", "did you mean port?"),
        ("log-level = 'x'", "source-unknown-key hardened.toml 1:1", "did you mean log_level?"),
        ("PORT = 1", "source-unknown-key PORT 1:1", "did you mean port?"),
        ("\nalgorithm = 'x'", "source-unknown-key algorithm 2:1", "did you mean jwt.algorithm?"),
        ("JWT_ALGORITHM = 'x'", "source-unknown-key JWT_ALGORITHM 1:1", "did you mean jwt.algorithm?"),
        ("[jwt]\nalgoritm = 'x'", "source-unknown-key algoritm 2:1", "did you mean algorithm?"),
        ("[jwt.x]\na = 1", "source-unknown-key hardened.toml 1:6", "does not belong to a setting"),
        ("[global]\nport = 1", "source-unknown-section hardened.toml 1:2", "is neither a tier nor a group"),
        ("a = 1\n[prodution]\nport = 1", "source-unknown-key hardened.toml 1:1", "does not belong to a setting"),
        ("[prodution]\nport = 1", "source-unknown-section prodution 1:2", "did you mean production?"),
        ("[Production]\nport = 1", "source-unknown-section Production 1:2", "did you mean production?"),
        ("[prod]\nport = 1", "source-unknown-section prod 1:2", "did you mean production?"),
        ("[dev.jwt]\nalgorithm = 'x'", "source-unknown-section dev 1:2", "did you mean development?"),
        ("[jwtt]\nalgorithm = 'x'", "source-unknown-section jwtt 1:2", "did you mean jwt?"),
        ("[production.prod]\nport = 1", "source-unknown-section prod 1:13", "did you mean production?"),
        ("[development]\nprot = 1", "source-unknown-key prot 2:1", "did you mean port?"),
        ("test = true", "source-unknown-key test 1:1", "does not belong to a setting"),
        ("\"a.b\" = 1", "source-unknown-key hardened.toml 1:1", "a key that is not shown does not belong to a setting"),
    ] {
        let outcome = with(toml);
        assert_eq!(told(&outcome).first().map(String::as_str), Some(finding), "{toml}");
        let text = report(&outcome).to_string();
        assert!(text.contains(meant), "{toml}\n{text}");
    }
}

#[test]
fn the_name_of_a_stranger_is_shown_only_when_it_looks_like_a_name() {
    for key in ["'CaNaRy7-x'", "\"CaNaRy7\\u001b[31m\"", "'CaNaRy7=='", "'CaNaRy7 ::error::'"] {
        let text = with(&format!("{key} = 1")).unwrap_err().to_string();
        assert!(text.contains("source-unknown-key") && !text.contains(CANARY), "{text}");
    }
}

#[test]
fn a_declared_secret_refuses_the_start_wherever_it_stands() {
    for (toml, expected) in [
        ("mail_token = 'CaNaRy7'", "secret-in-file MAIL_TOKEN 1:1"),
        ("mail_token = \"CaNaRy7\\t\"", "secret-in-file MAIL_TOKEN 1:1"),
        ("mail_token = ''", "secret-in-file MAIL_TOKEN 1:1"),
        ("mail_token = ['CaNaRy7']", "secret-in-file MAIL_TOKEN 1:1"),
        ("mail_token = { value = 'CaNaRy7' }", "secret-in-file MAIL_TOKEN 1:1"),
        ("MAIL_TOKEN = 'CaNaRy7'", "secret-in-file MAIL_TOKEN 1:1"),
        ("mail-token = 'CaNaRy7'", "secret-in-file MAIL_TOKEN 1:1"),
        ("jwt.secret_key = 'CaNaRy7'", "secret-in-file JWT_SECRET_KEY 1:5"),
        ("jwt_secret_key = 'CaNaRy7'", "secret-in-file JWT_SECRET_KEY 1:1"),
        ("[jwt]\n  secret_key = 'CaNaRy7'", "secret-in-file JWT_SECRET_KEY 2:3"),
        ("[development]\nmail_token = 'CaNaRy7'", "secret-in-file MAIL_TOKEN 2:1"),
        ("[test.jwt]\nsecret_key = 'CaNaRy7'", "secret-in-file JWT_SECRET_KEY 2:1"),
        ("[default.jwt]\nSECRET_KEY = 'CaNaRy7'", "secret-in-file JWT_SECRET_KEY 2:1"),
        ("[global]\nmail_token = 'CaNaRy7'", "secret-in-file MAIL_TOKEN 2:1"),
        ("[prodution.jwt]\nsecret_key = 'CaNaRy7'", "secret-in-file JWT_SECRET_KEY 2:1"),
        ("[jwt.production]\nsecret_key = 'CaNaRy7'", "secret-in-file JWT_SECRET_KEY 2:1"),
        ("[[stranger]]\nmail_token = 'CaNaRy7'", "secret-in-file MAIL_TOKEN 2:1"),
        ("[stranger]\na = [{ jwt = { secret_key = 'CaNaRy7' } }]", "secret-in-file JWT_SECRET_KEY 2:16"),
        ("mail_token = 'CaNaRy7'\nbroken", "secret-in-file MAIL_TOKEN 1:1"),
        ("jwt = [{ secret_key = 'CaNaRy7' }]\nmail_token = 'x'", "secret-in-file MAIL_TOKEN 2:1"),
        ("[log_level]\nmail_token = 'CaNaRy7'", "secret-in-file MAIL_TOKEN 2:1"),
        ("[test.log_level]\nmail_token = 'CaNaRy7'", "secret-in-file MAIL_TOKEN 2:1"),
        ("log_level = { mail_token = 'CaNaRy7' }", "secret-in-file MAIL_TOKEN 1:15"),
        ("log_level.jwt.secret_key = 'CaNaRy7'", "secret-in-file JWT_SECRET_KEY 1:15"),
        ("tags = ['a', { mail_token = 'CaNaRy7' }]", "secret-in-file MAIL_TOKEN 1:16"),
        ("tags = [[[{ x = { jwt_secret_key = 'CaNaRy7' } }]]]", "secret-in-file JWT_SECRET_KEY 1:19"),
        ("[[development.tags]]\nMAIL_TOKEN = 'CaNaRy7'", "secret-in-file MAIL_TOKEN 2:1"),
        ("[jwt.algorithm]\nsecret_key = 'CaNaRy7'", "secret-in-file JWT_SECRET_KEY 2:1"),
        ("[jwt.limits.most]\nmail_token = 'CaNaRy7'", "secret-in-file MAIL_TOKEN 2:1"),
    ] {
        let scratch = Scratch::new();
        scratch.file("hardened.toml", toml);
        // Although the environment has the values.
        let environment =
            tier("production").set("MAIL_TOKEN", KEY).set("JWT_SECRET_KEY", KEY).working_directory(scratch.path());
        let outcome = Loader::new().environment(environment).load::<Settings>();
        assert!(told(&outcome).iter().any(|told| told == expected), "{toml}\n{}", report(&outcome));
        let refusal = outcome.unwrap_err();
        let shown = format!("{refusal}\n{refusal:?}\n{}", refusal.to_json());
        assert!(!shown.contains(CANARY), "{shown}");
    }
}

#[test]
fn a_secret_from_a_file_is_never_used() {
    let scratch = Scratch::new();
    scratch.file("hardened.toml", format!("mail_token = '{KEY}'"));
    let environment = tier("development").working_directory(scratch.path());
    let loader = Loader::new().environment(environment);
    let loaded = loader.waive(hardened::rule::SECRET_IN_FILE, "MAIL_TOKEN", "a try").load::<Settings>().unwrap();
    assert!(loaded.mail_token.is_none());
}

#[derive(Debug, Config)]
struct Tls {
    /// A path that is called like a secret elsewhere.
    #[config(not_secret = "the path of a file")]
    key: std::path::PathBuf,
}

#[derive(Debug, Config)]
struct WithTls {
    /// A secret.
    #[expect(dead_code, reason = "read into, not read from")]
    key: SecretText,
    /// A group with a plain field of the same name.
    #[config(nested, prefix = "TLS_")]
    tls: Tls,
}

#[test]
fn a_plain_setting_with_the_name_of_a_secret_is_none() {
    let scratch = Scratch::new();
    scratch.file("hardened.toml", "[default.tls]\nkey = '/etc/tls/key.pem'\n");
    let environment = tier("production").set("KEY", KEY).working_directory(scratch.path());
    let loaded = Loader::new().environment(environment.clone()).load::<WithTls>().unwrap();
    assert_eq!(loaded.tls.key.to_str(), Some("/etc/tls/key.pem"));
    scratch.file("hardened.toml", "[api.tls]\nkey = '/k'\n[web.tls]\nkey = '/w'\n");
    assert!(Loader::new().environment(environment).section("api").load::<WithTls>().is_ok());
}

#[test]
fn services_share_a_file_in_sections() {
    let toml = "[shared]\nlog_level = 'warn'\nport = 1000\n[shared.production]\nratio = 0.9\nwait = '2s'\n[api]\nport = \
                2000\nwait = '3s'\n[api.test]\nport = 3000\n[api.jwt]\nalgorithm = 'HS384'\n[web]\nport = 'none of \
                ours'\nstranger = 1\n";
    let api = of_section("production", "api", toml).unwrap();
    assert!(Loaded::report(&api).findings().is_empty(), "{}", Loaded::report(&api));
    assert_eq!((api.log_level.as_str(), api.port, api.jwt.algorithm.as_str()), ("warn", 2000, "HS384"));
    assert_eq!(api.wait, Duration::from_secs(2), "the tier decides before the section");
    assert_eq!(row(&api, "port").1, "hardened.toml:8:8");
    assert_eq!(row(&api, "log_level").1, "hardened.toml:2:13");
    assert_eq!(of_section("test", "api", toml).unwrap().port, 3000);
    assert_eq!(of_section("test", "worker", toml).unwrap().port, 1000);
}

#[test]
fn what_stands_outside_of_every_section_counts_for_no_service() {
    for (toml, expected) in [
        ("port = 1\n[api]\n", "source-unknown-key port 1:1"),
        ("[production]\nport = 1\n[api]\n", "source-unknown-section production 1:2"),
        ("[default]\nport = 1\n[api]\n", "source-unknown-section default 1:2"),
        ("[api]\nprot = 1\n", "source-unknown-key prot 2:1"),
        ("[api.prod]\nport = 1\n", "source-unknown-section prod 1:6"),
        ("api = 1", "source-unknown-key api 1:1"),
    ] {
        assert_eq!(told(&of_section("production", "api", toml)), [expected], "{toml}");
    }
    for toml in
        ["[app]\na = 1\n", "[web]\na = 1\n", "[shared]\n[api]\n[aip]\n", "[worker.production]\nport = 'x'\n", ""]
    {
        let outcome = of_section("production", "api", toml);
        assert!(report(&outcome).findings().is_empty(), "{toml}\n{}", report(&outcome));
    }
}

#[test]
fn a_section_that_resembles_an_absent_one_is_a_note() {
    for (toml, name) in [("[shard]\nport = 1\n[worker]\n", "shard"), ("[wroker]\nport = 1\n", "wroker")] {
        let loaded = of_section("production", "worker", toml).unwrap();
        assert!(Loaded::report(&loaded).has("setting-misspelt", name), "{toml}");
    }
}

#[test]
fn a_declared_secret_in_the_section_of_another_service_refuses_the_start() {
    for toml in ["[web]\nmail_token = 'CaNaRy7'", "[web.production.jwt]\nsecret_key = 'CaNaRy7'", "mail_token = 'x'"] {
        let outcome = of_section("production", "api", toml);
        assert!(told(&outcome).iter().any(|told| told.starts_with("secret-in-file")), "{toml}");
        assert!(!outcome.unwrap_err().to_string().contains(CANARY));
    }
}

#[test]
fn the_file_is_searched_upwards_to_the_workspace_root() {
    let scratch = Scratch::new();
    scratch.file("hardened.toml", "port = 9\n");
    scratch.file("w/Cargo.lock", "");
    scratch.file("w/crates/a/Cargo.toml", "");
    let port = |directory: &str| {
        let environment = tier("production").working_directory(scratch.path().join(directory));
        Loader::new().environment(environment).load::<Settings>().unwrap().port
    };
    assert_eq!([port(""), port("w"), port("w/crates/a")], [9, 1, 1], "nothing above the root is read");
    scratch.file("w/hardened.toml", "port = 8\n");
    assert_eq!([port(""), port("w"), port("w/crates/a")], [9, 8, 8]);
    scratch.file("w/crates/a/hardened.toml", "port = 7\n");
    assert_eq!([port(""), port("w"), port("w/crates/a")], [9, 8, 7]);
}

#[test]
fn bad_input_is_a_finding_without_its_text() {
    let levels = 10_000;
    let dots = "a.".repeat(78);
    for (case, content, expected) in [
        ("unclosed text", "port = 1\nlog_level = \"CaNaRy7\n".to_owned(), "source-malformed hardened.toml 2:21"),
        ("no quotes", "log_level = CaNaRy7".to_owned(), "source-malformed hardened.toml 1:13"),
        ("not TOML", "port: 1 CaNaRy7".to_owned(), "source-malformed hardened.toml 1:"),
        ("stands twice", "port = 1\nport = 2".to_owned(), "source-malformed hardened.toml 2:1"),
        ("leading zero", "port = 0012".to_owned(), "source-malformed hardened.toml 1:8"),
        ("no digits", "port = 0x".to_owned(), "source-malformed hardened.toml 1:8"),
        ("no digits", "port = 0b".to_owned(), "source-malformed hardened.toml 1:8"),
        ("no digits", "port = 0o".to_owned(), "source-malformed hardened.toml 1:8"),
        ("no digits in a text", "log_level = 0x".to_owned(), "source-malformed hardened.toml 1:13"),
        ("digits of another script", "log_level = 1_0٠".to_owned(), "source-malformed hardened.toml 1:13"),
        (
            "a number that is too large",
            format!("log_level = {}", "9".repeat(50)),
            "source-malformed hardened.toml 1:13",
        ),
        ("a fraction that is too large", "ratio = 1e400".to_owned(), "source-malformed hardened.toml 1:9"),
        ("no digits in a list", "tags = ['a', 0x]".to_owned(), "source-malformed hardened.toml 1:14"),
        ("no digits in a stranger", "x = { y = [0b] }".to_owned(), "source-malformed hardened.toml 1:12"),
        ("no digits in another tier", "[test]\nport = 0o".to_owned(), "source-malformed hardened.toml 2:8"),
        ("no value", "port =".to_owned(), "source-malformed hardened.toml 1:7"),
        ("a carriage return", "# x\rlog_level = 'CaNaRy7'".to_owned(), "source-malformed hardened.toml 1:"),
        ("a carriage return", "port = 1\rlog_level = 'CaNaRy7'".to_owned(), "source-malformed hardened.toml 1:"),
        ("a table of itself", "a = 1\n[a.a]\nb = 1".to_owned(), "source-malformed hardened.toml 2:"),
        ("arrays", format!("a = {}1{}", "[".repeat(levels), "]".repeat(levels)), "source-malformed hardened.toml 1:"),
        ("open arrays", format!("a = {}", "[".repeat(levels)), "source-malformed hardened.toml 1:"),
        ("tables", format!("a = {}1{}", "{a=".repeat(levels), "}".repeat(levels)), "source-malformed hardened.toml 1:"),
        ("dots", format!("\n{}a = 1", "a.".repeat(levels)), "source-malformed hardened.toml 2:"),
        ("header", format!("\n[{}a]", "a.".repeat(levels)), "source-malformed hardened.toml 2:"),
        ("a few dots", format!("\n{}a = 1", "a.".repeat(90)), "source-malformed hardened.toml 2:1"),
        (
            "dots in tables",
            format!("[{dots}a]\n{dots}a = {}1{}", format!("{{{dots}a =").repeat(78), "}".repeat(78)),
            "source-malformed hardened.toml 2:",
        ),
        (
            "dots in arrays of tables",
            format!("[{dots}a]\n{dots}a = {}1{}", format!("[{{{dots}a =").repeat(39), "}]".repeat(39)),
            "source-malformed hardened.toml 2:",
        ),
    ] {
        let outcome = with(&content);
        let found = told(&outcome);
        assert!(found.first().is_some_and(|told| told.starts_with(expected)), "{case}: {found:?}");
        assert!(found.len() <= 5, "{case}: {found:?}");
        assert!(!outcome.unwrap_err().to_string().contains(CANARY), "{case}");
    }
}

#[test]
fn a_mistake_is_named_for_what_it_is() {
    for (toml, words) in [
        ("port =", "a key without a value after its `=`"),
        ("port = # none", "a key without a value after its `=`"),
        ("port = 0x", "not a number; put text in quotes"),
        ("log_level = info", "not TOML"),
        ("log_level = 'info", "a text with wrong quotes or escapes"),
        ("port = 0012", "a number with a leading zero; put text in quotes"),
        ("# x\rport = 1", "a carriage return without a line feed; lines end with a line feed"),
    ] {
        let text = with(toml).unwrap_err().to_string();
        assert!(text.contains(words), "{toml}\n{text}");
    }
    // What is a number in TOML is none of these.
    assert_eq!(with("log_level = 0x0F\nratio = inf\n").unwrap_err().report().findings().len(), 1, "the ratio");
    assert!(with("log_level = 340282366920938463463374607431768211455").is_err());
    assert_eq!(with("log_level = 9223372036854775808").unwrap().log_level, "9223372036854775808");
}

#[test]
fn of_many_findings_the_first_hundred_of_a_kind_are_told_and_the_rest_counted() {
    let keys: String = (0..5_000).map(|number| format!("unknown{number} = 1\n")).collect();
    let sections: String = (0..300).map(|number| format!("[section{number}]\n")).collect();
    let outcome = with(&format!("{keys}{sections}"));
    assert_eq!(report(&outcome).count(Severity::Error), 5_300);
    assert_eq!(report(&outcome).findings().len(), 200);
    let refusal = outcome.unwrap_err();
    let text = refusal.to_string();
    assert!(text.starts_with("refused to start: 5300 problems"), "{text}");
    for line in ["\n  and 4900 more: source-unknown-key", "\n  and 200 more: source-unknown-section"] {
        assert!(text.contains(line), "{text}");
    }
    let omitted: Option<u64> =
        refusal.to_json()["omitted"].as_array().unwrap().iter().map(|kind| kind["count"].as_u64()).sum();
    assert_eq!(omitted, Some(5_100));
}

#[test]
fn a_value_with_many_dots_and_brackets_is_not_deep() {
    let hosts = vec!["'a.b.c.d.example.com'"; 400].join(",\n");
    let toml =
        format!("tags = [{hosts}]\nlog_level = \"{}\"\n[jwt]\nalgorithm = '{}'\n", "[".repeat(300), ".".repeat(300));
    assert_eq!(with(&toml).unwrap().tags.len(), 400);
}

#[test]
fn what_is_no_readable_file_is_a_finding() {
    let find = |prepare: &dyn Fn(&Scratch)| {
        let scratch = Scratch::new();
        prepare(&scratch);
        let environment = tier("production").working_directory(scratch.path());
        let outcome = Loader::new().environment(environment).load::<Settings>();
        (told(&outcome), report(&outcome).to_string())
    };
    let directory: &dyn Fn(&Scratch) = &|scratch| drop(scratch.file("hardened.toml/inside", ""));
    let loops: &dyn Fn(&Scratch) = &|scratch| {
        std::os::unix::fs::symlink("other", scratch.path().join("hardened.toml")).unwrap();
        std::os::unix::fs::symlink("hardened.toml", scratch.path().join("other")).unwrap();
    };
    let nowhere: &dyn Fn(&Scratch) = &|scratch| {
        std::os::unix::fs::symlink("nowhere", scratch.path().join("hardened.toml")).unwrap();
    };
    let huge: &dyn Fn(&Scratch) = &|scratch| {
        let path = scratch.file("hardened.toml", "");
        std::fs::File::options().write(true).open(path).unwrap().set_len(64 << 20).unwrap();
    };
    let bytes: &dyn Fn(&Scratch) =
        &|scratch| drop(scratch.file("hardened.toml", b"mail_token = 'CaNaRy7'\na = \"\xff\"".as_slice()));
    let pipe: &dyn Fn(&Scratch) = &|scratch| {
        let made = std::process::Command::new("mkfifo").arg(scratch.path().join("hardened.toml")).status().unwrap();
        assert!(made.success());
    };
    for (case, prepare, expected, words) in [
        ("directory", directory, &["source-unreadable hardened.toml"][..], "is not a regular file"),
        ("loop", loops, &["source-unreadable hardened.toml"], "cannot be opened"),
        ("nowhere", nowhere, &["source-unreadable hardened.toml"], "is a broken link"),
        ("huge", huge, &["source-too-large hardened.toml"], "has more than 1048576 bytes"),
        ("bytes", bytes, &["source-malformed hardened.toml 2:6", "secret-in-file MAIL_TOKEN 1:1"], "not UTF-8 text"),
        ("pipe", pipe, &["source-unreadable hardened.toml"], "is not a regular file"),
    ] {
        let (found, text) = find(prepare);
        assert_eq!(found, expected, "{case}");
        assert!(text.contains(words) && !text.contains(CANARY), "{case}: {text}");
    }
}

#[derive(Debug, Config)]
struct Required {
    /// Set nowhere.
    #[expect(dead_code, reason = "never read")]
    region: String,
    /// A key.
    #[expect(dead_code, reason = "never read")]
    token: SecretText,
}

#[test]
fn a_broken_file_hides_no_missing_secret_and_makes_no_follow_up() {
    let scratch = Scratch::new();
    scratch.file("hardened.toml", "region = 'eu\n");
    let environment = tier("production").working_directory(scratch.path());
    let refusal = Loader::new().environment(environment).load::<Required>().unwrap_err();
    let codes: Vec<_> = refusal.report().findings().iter().map(|finding| finding.code()).collect();
    assert_eq!(codes, ["source-malformed", "secret-missing"]);
}

#[derive(Debug, Config)]
struct Exact {
    /// The value.
    #[config(file)]
    value: String,
}

#[test]
fn a_text_arrives_byte_for_byte_from_every_source() {
    assert!(EXACT_TEXT.len() >= 60);
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

/// A provider of a test's own.
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
    assert!(report(&outcome).refuses("secret-in-file", "MAIL_TOKEN"), "in whatever profile");
}

#[test]
fn what_a_provider_holds_besides_is_passed_over() {
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
