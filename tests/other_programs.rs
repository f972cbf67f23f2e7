//! Inputs from the test suites of other programs, with the result of this library: six readers of `.env`, TOML's own suite,
//! and the URLs of libpq and five drivers. Where programs differ, the row has the result that this library chose.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(feature = "derive")]

use hardened::{Config, Database, Environment, Loaded, Loader, Refusal, Report, SecretText};
use test_support::Scratch;

#[derive(Debug, Config)]
#[allow(dead_code, reason = "loaded, and not all of it read")]
struct Settings {
    /// The names that the suites use.
    #[config(default = "unset", show)]
    foo: String,
    /// Another.
    #[config(default = "unset", show)]
    bar: String,
    /// Another.
    #[config(default = "unset", show)]
    backtick: String,
    /// Another.
    #[config(default = "unset", show, not_secret = "a suite's name for anything")]
    key: String,
    /// Another.
    #[config(default = "unset", show)]
    option_a: String,
    /// Shown.
    #[config(default = "unset", show)]
    service_name: String,
    /// Not shown.
    jwt_secret: Option<SecretText>,
    /// A word.
    #[config(default = "info", show)]
    level: String,
    /// A number.
    #[config(default = 8080)]
    port: u16,
}

/// Loads in a directory with one file, and returns the text of the table and the report, or the refusal.
fn in_directory(tier: &str, name: &str, content: &str) -> Result<(String, Report), Refusal> {
    let scratch = Scratch::new();
    scratch.file(name, content);
    let environment = Environment::empty().set("ENVIRONMENT", tier).working_directory(scratch.path());
    let loaded = Loader::new().environment(environment).load::<Settings>()?;
    Ok((Loaded::table(&loaded).to_string(), Loaded::report(&loaded).clone()))
}

fn codes(report: &Report) -> Vec<&'static str> {
    report.findings().iter().map(hardened::finding::Finding::code).collect()
}

/// The text of the file, the expected row of the table, and the codes of the findings.
#[rustfmt::skip]
const DOTENV: &[(&str, (&str, &str), &[&str])] = &[
    // A carriage return alone ends a line, as old editors write it.
    ("SERVICE_NAME=billing\rJWT_SECRET=q8ZxT3vB7nM1kL5jH9gF2dS6aP4oI0uYtReWqXcVbNmAsDfG\r", ("SERVICE_NAME", "billing"), &[]),
    // Only one program of six treats backticks as quotes, so they are part of the value.
    ("BACKTICK=`backtick`", ("BACKTICK", "`backtick`"), &[]),
    ("FOO=\"foo\\$BAR\"", ("FOO", "foo\\$BAR"), &[]),
    // References are not expanded, because a tenth of strong passwords contain a `$`.
    ("FOO=test\nBAR=$FOO", ("BAR", "$FOO"), &[]),
    ("FOO=test\nBAR=${FOO}", ("BAR", "${FOO}"), &["dotenv-literal"]),
    ("A=b#c\nFOO=b#c", ("FOO", "b#c"), &["dotenv-foreign"]),
    ("FOO=b #c", ("FOO", "b"), &[]),
    ("FOO=b\t#c", ("FOO", "b"), &[]),
    ("KEY=\"\\a\\v\\0123\"", ("KEY", "\\a\\v\\0123"), &[]),
    ("export\tOPTION_A=2", ("OPTION_A", "2"), &[]),
    ("export   OPTION_A=2", ("OPTION_A", "2"), &[]),
    ("FOO.BAR=foobar\nFOO=x", ("FOO", "x"), &["dotenv-foreign"]),
    ("FOO-BAR=foobar\nFOO=x", ("FOO", "x"), &["dotenv-foreign"]),
    ("UNKNOWN: 1\nFOO=x", ("FOO", "x"), &["dotenv-foreign"]),
    ("UNKNOWN\nFOO=x", ("FOO", "x"), &["dotenv-foreign"]),
    ("discovery.type=single-node\nFOO=x", ("FOO", "x"), &["dotenv-foreign"]),
    ("COMPOSE_PROJECT_NAME\nFOO=x", ("FOO", "x"), &["dotenv-foreign"]),
    ("APP_NAME=Shop\nFOO=${APP_NAME}", ("FOO", "${APP_NAME}"), &["dotenv-literal", "dotenv-foreign"]),
    ("FOO='single $BAR # kept'", ("FOO", "single $BAR # kept"), &[]),
    ("FOO=", ("FOO", "unset"), &["setting-blank"]),
    ("FOO=\"\"", ("FOO", "unset"), &["setting-blank"]),
    ("\u{feff}FOO=x", ("FOO", "x"), &[]),
    ("FOO=x\r\nBAR=y\r\n", ("BAR", "y"), &[]),
];

#[test]
fn a_line_of_dotenv_is_read_in_one_way() {
    for (content, (name, value), found) in DOTENV {
        let (table, report) =
            in_directory("development", ".env", content).unwrap_or_else(|it| panic!("{content:?}\n{it}"));
        let row = table.lines().find(|line| line.starts_with(&format!("{name} "))).unwrap();
        let shown = row.strip_prefix(name).unwrap().trim_start();
        assert!(shown.starts_with(&format!("{value}  ")), "{content:?}: {row}");
        assert_eq!(codes(&report), *found, "{content:?}\n{report}");
        assert!(!table.contains("q8ZxT3vB7nM1"), "{content:?}: the secret is shown");
    }
}

#[test]
fn a_line_of_dotenv_with_a_settings_own_name_must_be_right() {
    for content in ["OPTION_A: 1", "OPTION_A", "FOO='x", "FOO=\"x", "FOO='x' y", "FOO BAR=x", "1FOO=x", "=x", "!"] {
        let refusal = in_directory("development", ".env", content).unwrap_err();
        assert_eq!(codes(refusal.report()), ["dotenv-malformed"], "{content:?}\n{refusal}");
    }
}

#[test]
fn mistakes_in_toml_are_refused_with_their_place() {
    for (content, place) in [
        ("port = 0x", ":1:8"),
        ("port = 0b", ":1:8"),
        ("port = 0o", ":1:8"),
        ("port = 0x_1", ":1:10"),
        ("port = 0xg", ":1:8"),
        ("level = 0x", ":1:9"),
        ("level = 1_0٠", ":1:9"),
        ("level = 1__0", ":1:10"),
        ("level = _1", ":1:9"),
        ("level = 1.", ":1:9"),
        ("level = +inf1", ":1:10"),
        ("level = 2001-13-01", ":1:9"),
        ("level = tru", ":1:9"),
        ("port =", ":1:7"),
        ("port", ":1:5"),
        ("port = 1 2", ":1:8"),
        ("port = 080", ":1:8"),
        ("\nlevel = \"a", ":2:"),
        ("level = 'a\nb'", ":1:"),
        ("port = 1\nport = 2", ":2:1"),
        ("[a\nport = 1", ":1:"),
    ] {
        let refusal = in_directory("production", "hardened.toml", content).unwrap_err();
        let text = refusal.to_string();
        assert!(refusal.report().refuses("source-malformed", "hardened.toml"), "{content:?}\n{text}");
        assert!(text.contains(&format!("hardened.toml{place}")), "{content:?}\n{text}");
    }
    for (content, row) in [
        ("level = \"0x\"", "0x"),
        ("port = 0x1F90", "8080"),
        ("level = 1_000", "1_000"),
        ("level = 2001-01-01", "2001-01-01"),
    ] {
        let (table, report) = in_directory("production", "hardened.toml", content).unwrap();
        assert!(table.contains(&format!("  {row}  ")) && report.findings().is_empty(), "{content}: {table}\n{report}");
    }
}

/// The host, port and database.
type Meaning = (&'static str, u16, &'static str);

/// The URL, its parts if it is accepted, and the codes of the findings in production.
#[rustfmt::skip]
const URLS: &[(&str, Option<Meaning>, &[&str])] = &[
    // Programs read three different hosts from it. This library reads the intended one and warns, or refuses.
    ("postgresql://user:p@ss@db.example.com/db", Some(("db.example.com", 5432, "db")), &["database-unescaped", "database-tls-added"]),
    ("postgres://app:Zk3vT9-wq8@db.example.com/%2Fdbname", Some(("db.example.com", 5432, "/dbname")), &["database-tls-added"]),
    ("postgresql://app:Zk3vT9-wq8@db.example.com/db?zzz", Some(("db.example.com", 5432, "db")), &["database-tls-added", "database-parameter"]),
    ("postgresql://app:Zk3vT9-wq8@db.example.com/db?uzer=x", Some(("db.example.com", 5432, "db")), &["database-tls-added", "database-parameter"]),
    ("postgresql://app:Zk3vT9-wq8@example.com/db?hostaddr=63.1.2.4", Some(("63.1.2.4", 5432, "db")), &["database-tls-added"]),
    ("postgresql://app:Zk3vT9-wq8@example.com?hostaddr=63.1.2.4", Some(("63.1.2.4", 5432, "")), &["database-name-missing", "database-tls-added"]),
    ("postgresql://db.example.com/db?user=u&password=Zk3vT9-wq8&port=12345", Some(("db.example.com", 12345, "db")), &["database-tls-added"]),
    ("postgresql://app:Zk3vT9-wq8@db.example.com:5433/db?port=12345", None, &["database-conflict"]),
];

#[test]
fn a_url_from_the_suites_of_drivers_has_its_expected_parts() {
    for (url, meaning, found) in URLS {
        let environment = Environment::empty().set("ENVIRONMENT", "production").set("DATABASE_URL", *url);
        let outcome = Loader::new().environment(environment).load::<Database>();
        match (outcome, meaning) {
            (Ok(loaded), Some((host, port, database))) => {
                let url = loaded.url();
                assert_eq!(
                    (url.host().as_str(), url.port(), url.database().unwrap_or_default()),
                    (*host, *port, *database),
                    "{url:?}"
                );
                assert_eq!(codes(Loaded::report(&loaded)), *found, "{url:?}");
            }
            (Err(refusal), None) => assert_eq!(codes(refusal.report()), *found, "{url}"),
            (outcome, _) => panic!("{url}: {outcome:?}"),
        }
    }
}

#[test]
fn a_reference_inside_a_url_of_dotenv_says_that_nothing_is_replaced() {
    let scratch = Scratch::new();
    scratch.file(".env", "PGPW=postgres\nDATABASE_URL=postgres://postgres:${PGPW}@localhost/app");
    let environment = Environment::empty().set("ENVIRONMENT", "development").working_directory(scratch.path());
    let refusal = Loader::new().environment(environment).load::<Database>().unwrap_err();
    assert_eq!(codes(refusal.report()), ["secret-reference", "dotenv-literal", "dotenv-foreign"], "{refusal}");
    assert!(refusal.to_string().contains("${…} is read literally and not replaced: line 2"), "{refusal}");
}
