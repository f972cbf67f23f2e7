//! Values that people really put into lists, numbers, names, `.env` and secret directories, and the findings that each gets.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(feature = "derive")]

use std::{net::IpAddr, time::Duration};

use hardened::{
    Config, Environment, Exit, JwtSecret, Loaded, Loader, Refusal, Report, SecretText, Setting, finding::Severity, rule,
};
use test_support::{KEY, Scratch, load};

#[derive(Debug, Config)]
#[allow(dead_code, reason = "loaded, and not all of it read")]
struct Settings {
    /// A text.
    #[config(default = "text", show)]
    text: String,
    /// Several.
    #[config(default = [], show)]
    tags: Vec<String>,
    /// Several numbers.
    #[config(default = [])]
    numbers: Vec<u16>,
    /// A number.
    #[config(default = 1)]
    port: u16,
    /// A flag.
    #[config(default = false)]
    flag: bool,
    /// A length of time.
    #[config(default = "1s")]
    wait: Duration,
    /// An address.
    address: Option<IpAddr>,
    /// A word.
    #[config(default = "info")]
    level: Level,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Setting)]
enum Level {
    Info,
    Debug,
}

fn environment(tier: &str, variables: &[(&str, &str)]) -> Environment {
    variables.iter().fold(Environment::empty().set("ENVIRONMENT", tier), |all, (name, value)| all.set(*name, *value))
}

fn report<T>(outcome: &Result<Loaded<T>, Refusal>) -> &Report {
    match outcome {
        Ok(loaded) => Loaded::report(loaded),
        Err(refusal) => refusal.report(),
    }
}

/// Returns `severity code subject` of every finding.
fn findings<T>(outcome: &Result<Loaded<T>, Refusal>) -> Vec<String> {
    let all = report(outcome).findings().iter();
    all.map(|it| format!("{} {} {}", it.severity().name(), it.code(), it.subject())).collect()
}

#[test]
fn a_list_is_read_correctly_or_refused() {
    for (value, tags) in [
        (r#"["a","b"]"#, &["a", "b"][..]),
        (r#"["https://a.example","https://b.example"]"#, &["https://a.example", "https://b.example"]),
        ("[]", &[]),
        ("a,b", &["a", "b"]),
        ("[::1],[::2]", &["[::1]", "[::2]"]),
        ("application/json;q=1,text/plain", &["application/json;q=1", "text/plain"]),
    ] {
        let loaded = load::<Settings>(environment("production", &[("TAGS", value)])).unwrap();
        assert_eq!(loaded.tags, tags, "{value}");
        assert!(Loaded::report(&loaded).findings().is_empty(), "{value}: {}", Loaded::report(&loaded));
    }
    for value in [
        r#""a,b""#,
        "'a,b'",
        "['a','b']",
        r#"["a","b""#,
        r#"[["a"]]"#,
        r#"{"a":"b"}"#,
        r#""["a","b"]""#,
        r#"[\"a\",\"b\"]"#,
        r#"a, "b, c""#,
    ] {
        let outcome = load::<Settings>(environment("production", &[("TAGS", value)]));
        assert_eq!(findings(&outcome), ["error setting-malformed TAGS"], "{value}");
    }
    let numbers = load::<Settings>(environment("production", &[("NUMBERS", "[80, 443]")])).unwrap();
    assert_eq!(numbers.numbers, [80, 443]);
    for value in ["a;b", "a|b", "a\tb", "a\nb"] {
        let one = load::<Settings>(environment("production", &[("TAGS", value)]));
        assert_eq!(findings(&one), ["note setting-separator TAGS"], "{value}");
        assert_eq!(one.unwrap().tags, [value]);
    }
}

#[derive(Debug, Config)]
#[allow(dead_code, reason = "loaded, and not all of it read")]
struct Lists {
    /// Several numbers.
    #[config(default = [])]
    numbers: Vec<u16>,
    /// Several words.
    #[config(default = [])]
    levels: Vec<Level>,
    /// Several credentials.
    tokens: Option<Vec<SecretText>>,
    /// An address.
    base: Option<url::Url>,
}

#[test]
fn a_list_that_cannot_be_read_says_what_is_around_its_items() {
    for (variable, value, words) in [
        ("NUMBERS", r#""80","443""#, "quotes around the value; must be"),
        ("NUMBERS", "80,443 # ports", "a comment after the value; must be"),
        ("NUMBERS", "80|443", "the items are not separated by commas; must be"),
        ("NUMBERS", r#""80,443""#, "quotes around the whole list; must be"),
        ("NUMBERS", "80,x", "item 2: must be"),
        ("LEVELS", "'info','debug'", "quotes around the value; must be"),
        ("LEVELS", "info|debug", "the items are not separated by commas; must be"),
    ] {
        let text = load::<Lists>(environment("production", &[(variable, value)])).unwrap_err().to_string();
        assert!(text.contains(words), "{value}: {text}");
    }
}

#[test]
fn signs_around_a_list_of_secrets_never_become_part_of_a_secret() {
    let (one, other) = ("whsec_5pTq8vXz2LmKc9RnYb4Wd7Gh1Jf3Sa6E", "whsec_Kd83mZq1Xv5Tn7Bc2Lp9Wr4Yg6Hs0Jf");
    for (value, is_accepted) in [
        (format!("{one},{other}"), true),
        (format!("{one}, {other}"), true),
        (format!("\"{one},{other}\""), false),
        (format!("'{one},{other}'"), false),
        (format!("{{{one},{other}}}"), false),
        (format!("({one}, {other})"), false),
        (format!("{{\"{one}\",\"{other}\"}}"), false),
        (format!("\"{one}\",\"{other}\""), false),
    ] {
        let outcome = load::<Lists>(environment("production", &[("TOKENS", &value)]));
        assert_eq!(outcome.is_ok(), is_accepted, "{value}");
    }
}

#[test]
fn a_url_whose_host_was_not_filled_in_is_refused() {
    for (value, is_accepted) in [
        ("https://api.acme.io/items/{id}", true),
        ("https://{tenant}.acme.io/", true),
        ("https://api.acme.io/?price=$5", true),
        ("https://${HOST}/", false),
        ("https://$HOST/", false),
        ("https://api.${DOMAIN}:8443/x", false),
        ("https://{{ host }}/", false),
    ] {
        let outcome = load::<Lists>(environment("production", &[("BASE", value)]));
        assert_eq!(outcome.is_ok(), is_accepted, "{value}");
    }
}

#[test]
fn quotes_that_docker_keeps_are_named() {
    for (variable, value) in [
        ("PORT", "\"8080\""),
        ("PORT", "'8080'"),
        ("FLAG", "\"true\""),
        ("WAIT", "'30s'"),
        ("ADDRESS", "'0.0.0.0'"),
        ("LEVEL", "\"debug\""),
        ("NUMBERS", "\"80\""),
        ("PORT", "«8080»"),
        ("PORT", "„8080“"),
        ("PORT", r#"\"8080\""#),
        ("PORT", r#"""8080"""#),
        ("PORT", "&quot;8080&quot;"),
    ] {
        let outcome = load::<Settings>(environment("production", &[(variable, value)]));
        assert_eq!(findings(&outcome), [format!("error setting-malformed {variable}")], "{variable}={value}");
        let text = outcome.unwrap_err().to_string();
        assert!(text.contains("quotes around the value; must be"), "{text}");
        assert!(text.contains("fix: set the value without quotes"), "{text}");
    }
    for value in ["\"8080", "8080'"] {
        let text = load::<Settings>(environment("production", &[("PORT", value)])).unwrap_err().to_string();
        assert!(text.contains("a quote at one end of the value; must be"), "{text}");
    }
    for (variable, value) in
        [("TEXT", "\"value\""), ("TEXT", "'value'"), ("TEXT", "“value”"), ("TAGS", "\"a\""), ("TAGS", "'a','b'")]
    {
        let outcome = load::<Settings>(environment("production", &[(variable, value)]));
        assert_eq!(findings(&outcome), [format!("warning setting-quoted {variable}")], "{variable}={value}");
    }
    for value in ["it's", "say \"hi\"", "\"a\" and \"b\"", "\"", "5'"] {
        let outcome = load::<Settings>(environment("production", &[("TEXT", value)]));
        assert_eq!(findings(&outcome), [""; 0], "{value}");
    }
}

#[derive(Debug, Config)]
#[allow(dead_code, reason = "loaded and held, not read")]
struct Named {
    /// A key.
    #[config(env = "JWT_SECRET_KEY")]
    key: JwtSecret,
    /// A URL.
    #[config(env = "DATABASE_URL")]
    url: SecretText,
    /// Several.
    #[config(env = "CORS_ORIGINS")]
    origins: Vec<String>,
    /// A credential.
    stripe_secret_key: SecretText,
    /// A text.
    log_level: Option<String>,
}

#[test]
fn a_missing_setting_names_what_is_set_under_a_usual_name() {
    for (found, wanted) in [
        ("JWT_SECRET", "JWT_SECRET_KEY"),
        ("APP_SECRET", "JWT_SECRET_KEY"),
        ("JWT_SECRT_KEY", "JWT_SECRET_KEY"),
        ("POSTGRES_URL", "DATABASE_URL"),
        ("DB_URL", "DATABASE_URL"),
        ("ALLOWED_ORIGINS", "CORS_ORIGINS"),
        ("CORS_ALLOWED_ORIGINS", "CORS_ORIGINS"),
        ("STRIPE_API_KEY", "STRIPE_SECRET_KEY"),
        ("SQLALCHEMY_DATABASE_URI", "DATABASE_URL"),
        ("SECRET_KEY_BASE", "JWT_SECRET_KEY"),
        ("FRONTEND_ORIGIN", "CORS_ORIGINS"),
    ] {
        let outcome = load::<Named>(environment("production", &[(found, "CaNaRy7")]));
        let all = report(&outcome).findings().iter();
        let message = all.filter(|it| it.subject() == wanted).map(hardened::finding::Finding::message).next().unwrap();
        assert!(message.contains(&format!("{found} is set")), "{found}: {message}");
        assert!(!outcome.unwrap_err().to_string().contains("CaNaRy7"));
    }
    for found in ["STRIPE_WEBHOOK_SECRET", "REDIS_URL", "ALLOWED_HOSTS", "HOME", "TEST_DATABASE_URL", "CORS_METHODS"] {
        let refusal = load::<Named>(environment("production", &[(found, "x")])).unwrap_err();
        assert!(!refusal.to_string().contains(&format!("{found} is set")), "{refusal}");
    }
}

#[test]
fn a_slip_in_the_name_of_an_optional_variable_is_a_warning() {
    for (found, warned) in [("LEVELS", true), ("LVEEL", true), ("Level", true), ("LEVLES", false), ("LABEL", false)] {
        let outcome = load::<Settings>(environment("production", &[(found, "debug")]));
        assert_eq!(report(&outcome).has("setting-misspelt", found), warned, "{found}: {}", report(&outcome));
        assert!(outcome.is_ok(), "{found}");
    }
    let loader = Loader::new().environment(environment("production", &[("LEVELS", "x")]));
    let waived = loader.waive(rule::SETTING_MISSPELT, "LEVELS", "another program's").also_known::<Others>();
    assert!(Loaded::report(&waived.load::<Settings>().unwrap()).findings().is_empty());
}

/// The settings of another configuration in the same process.
#[derive(Debug, Config)]
#[expect(dead_code, reason = "its names are asked for")]
struct Others {
    /// Another program's.
    levels: Option<String>,
}

/// Loads the settings in a directory with these files.
fn in_directory(tier: &str, files: &[(&str, &[u8])]) -> Result<Loaded<Settings>, Refusal> {
    let scratch = Scratch::new();
    for (name, content) in files {
        scratch.file(name, content);
    }
    load(environment(tier, &[]).working_directory(scratch.path()))
}

#[test]
fn a_line_of_dotenv_for_another_program_is_skipped_with_one_note() {
    for (text, findings_of_it) in [
        ("discovery.type=single-node\nTEXT=x", &["note dotenv-foreign .env"][..]),
        ("X-Client-Id=abc\nTEXT=x", &["note dotenv-foreign .env"]),
        ("COMPOSE_PROJECT_NAME\nTEXT=x", &["note dotenv-foreign .env"]),
        ("OPTION_A: 1\nTEXT=x", &["note dotenv-foreign .env"]),
        ("POSTGRES_DB=shop\nUNKNOWN=1\nTEXT=x", &["note dotenv-foreign .env"]),
        ("source .env.common\nTEXT=x", &["note dotenv-foreign .env"]),
        ("[shop]\nTEXT=x", &["note dotenv-foreign .env"]),
        ("unset CDPATH\nTEXT=x", &["note dotenv-foreign .env"]),
        ("spring datasource=x\nTEXT=x", &["note dotenv-foreign .env"]),
        ("export\tTEXT=x", &[]),
        ("TEXT=x\nPORT_FILE=/x", &[]),
        ("TEXT=y\rTEXT=x", &["error setting-conflict TEXT"]),
        ("TEXT=x\nTEXT=x", &[]),
        ("TEXT=y\nTEXT=x", &["error setting-conflict TEXT"]),
        ("UNKNOWN=1\nUNKNOWN=2\nTEXT=x", &["note dotenv-foreign .env"]),
        ("TEXT: x", &["error dotenv-malformed .env"]),
        ("TEXT", &["error dotenv-malformed .env"]),
        ("TEXT x", &["error dotenv-malformed .env"]),
        ("- TEXT=x", &["error dotenv-malformed .env"]),
        ("\"TEXT\": \"x\"", &["error dotenv-malformed .env"]),
        ("TEXT+=x", &["error dotenv-malformed .env"]),
        ("TEXT=x\nENVIRONMENT=production", &["note dotenv-tier .env"]),
        ("TEXT=${NAME}x", &["warning dotenv-literal .env"]),
        ("TEXT=\"${NAME}x\"", &["warning dotenv-literal .env"]),
        ("TEXT='${NAME}x'", &[]),
        ("UNKNOWN=${NAME}\nTEXT=x", &["note dotenv-foreign .env"]),
    ] {
        let outcome = in_directory("development", &[(".env", text.as_bytes())]);
        assert_eq!(findings(&outcome), findings_of_it, "{text:?}: {}", report(&outcome));
        if let Ok(loaded) = outcome {
            assert!(["x", "${NAME}x"].contains(&loaded.text.as_str()), "{text:?}");
        }
    }
}

#[test]
fn a_note_names_the_lines_and_no_name() {
    let lines: String = (0..30).map(|number| format!("CANARY{number}=1\n")).collect();
    let text = Loaded::report(&in_directory("test", &[(".env", lines.as_bytes())]).unwrap()).to_string();
    assert!(text.contains("30 lines belong to no setting of this service: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, …"), "{text}");
    assert!(!text.contains("CANARY"), "{text}");
}

#[test]
fn a_dotenv_in_another_encoding_is_one_finding() {
    let utf_16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain("TEXT=x\r\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let without_mark: Vec<u8> = "TEXT=x\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (content, words) in [
        (utf_16.as_slice(), "UTF-16, as PowerShell writes it"),
        (&without_mark, "UTF-16, as PowerShell writes it"),
        (b"# caf\xe9\nTEXT=x\n", "another encoding, such as Latin-1"),
    ] {
        let scratch = Scratch::new();
        scratch.file(".env", content);
        let outcome = load::<Named>(environment("development", &[]).working_directory(scratch.path()));
        assert_eq!(findings(&outcome), ["error dotenv-malformed .env"]);
        let text = outcome.unwrap_err().to_string();
        assert!(text.contains(words) && text.contains("fix: save the file as UTF-8"), "{text}");
    }
}

#[test]
fn a_local_dotenv_wins_in_development() {
    let files: &[(&str, &[u8])] = &[(".env", b"TEXT=shared\nPORT=2\n"), (".env.local", b"TEXT=mine\n")];
    for (tier, text, port) in [("development", "mine", 2), ("test", "shared", 2), ("production", "text", 1)] {
        let loaded = in_directory(tier, files).unwrap();
        assert_eq!((loaded.text.as_str(), loaded.port), (text, port), "{tier}");
    }
}

#[test]
fn a_secret_directory_that_does_not_exist_is_a_finding() {
    let scratch = Scratch::new();
    let file = scratch.file("file", "x");
    for (path, words) in [
        ("/nonexistent/dir".into(), "secret directory 2 does not exist"),
        (file, "secret directory 2 is not a directory"),
        ("relative/dir".into(), "secret directory 2 is not an absolute path, so it is not read"),
    ] {
        for (tier, severity) in [("development", Severity::Note), ("production", Severity::Warning)] {
            let loader = Loader::new().environment(environment(tier, &[])).secret_directory(scratch.path());
            let loaded = loader.secret_directory(&path).load::<Settings>().unwrap();
            let found = &Loaded::report(&loaded).findings()[0];
            assert_eq!((found.code(), found.severity()), ("source-directory", severity));
            assert!(found.message().contains(words), "{}", found.message());
        }
    }
    let loader = Loader::new().environment(environment("production", &[])).secret_directory(scratch.path());
    assert!(Loaded::report(&loader.load::<Settings>().unwrap()).findings().is_empty());
}

#[derive(Debug, Config)]
struct Shared {
    /// One.
    #[config(nested)]
    one: One,
    /// Another.
    #[config(nested)]
    other: Other,
}

#[derive(Debug, Config)]
#[expect(dead_code, reason = "never loaded")]
struct One {
    /// A name.
    shared_name: Option<String>,
}

#[derive(Debug, Config)]
#[expect(dead_code, reason = "never loaded")]
struct Other {
    /// The same name.
    #[config(env = "SHARED_NAME")]
    name: Option<String>,
}

#[derive(Debug, Config)]
struct Apart {
    /// One.
    #[config(nested)]
    one: One,
    /// Another.
    #[config(nested, prefix = "OTHER_")]
    other: Other,
}

#[test]
fn a_variable_that_two_groups_read_refuses_the_start() {
    for tier in ["development", "production"] {
        let refusal = load::<Shared>(environment(tier, &[])).unwrap_err();
        assert!(refusal.report().refuses("setting-shared", "SHARED_NAME"), "{refusal}");
        assert!(refusal.to_string().contains("read by one.shared_name and by other.name"), "{refusal}");
        assert!(load::<Apart>(environment(tier, &[])).is_ok());
    }
}

#[test]
fn a_waiver_for_an_undeclared_setting_refuses_the_start() {
    for (subject, accepted) in
        [("TEXT", true), ("text", true), ("Settings", true), ("TEXTT", false), ("NO_SUCH", false), ("LEVELS", false)]
    {
        let loader = Loader::new().environment(environment("production", &[]));
        let outcome = loader.waive(rule::SETTING_INCONSISTENT, subject, "they agree otherwise").load::<Settings>();
        assert_eq!(!report(&outcome).refuses("waiver-invalid", subject), accepted, "{subject}: {}", report(&outcome));
    }
    let loader = Loader::new().environment(environment("production", &[])).also_known::<Others>();
    assert!(loader.waive(rule::SETTING_MISSPELT, "LEVELS", "another program's").load::<Settings>().is_ok());
}

#[test]
fn the_debug_of_a_refusal_is_its_report_and_an_exit_keeps_it() {
    let refusal = load::<Named>(environment("production", &[("JWT_SECRET_KEY", KEY)])).unwrap_err();
    assert_eq!(format!("{refusal:?}"), refusal.to_string());
    let exit = Exit::from(Err::<(), _>(refusal));
    assert!(format!("{exit:?}").contains("refused to start"));
    assert_eq!(format!("{:?}", Exit::from(Ok::<(), Refusal>(()))), "Exit(None)");
}
