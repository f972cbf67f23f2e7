//! Values that no output shows, although a type, a name or `show` seems to allow it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(feature = "derive")]

use hardened::{
    Config, Environment, Loaded, Loader, Refusal, Setting, Violation,
    report::{SettingState, Table},
    rule,
    schema::Kind,
};
use test_support::{Scratch, load};

/// A marker in every value that must not be shown.
const CANARY: &str = "CaNaRy7";

/// Everything that can be printed about an outcome.
fn printed<T: Config>(outcome: &Result<Loaded<T>, Refusal>) -> String {
    match outcome {
        Ok(loaded) => format!(
            "{loaded:?}{}{:?}{}{:?}{}{}",
            Loaded::report(loaded),
            Loaded::report(loaded),
            Loaded::table(loaded),
            Loaded::table(loaded),
            Loaded::to_json(loaded),
            Loaded::manifest(loaded).to_json()
        ),
        Err(refusal) => format!("{refusal}{refusal:?}{}{:?}{}", refusal.table(), refusal.table(), refusal.to_json()),
    }
}

fn table<T>(outcome: &Result<Loaded<T>, Refusal>) -> &Table {
    match outcome {
        Ok(loaded) => Loaded::table(loaded),
        Err(refusal) => refusal.table(),
    }
}

/// Returns the state and value of one row.
fn row<T>(outcome: &Result<Loaded<T>, Refusal>, path: &str) -> (SettingState, Option<String>) {
    let row = table(outcome).rows().iter().find(|row| row.path() == path).unwrap();
    (row.state(), row.value().map(str::to_owned))
}

fn production(variables: &[(&str, &str)]) -> Environment {
    variables.iter().fold(Environment::empty().set("ENVIRONMENT", "production"), |environment, (name, value)| {
        environment.set(*name, *value)
    })
}

/// A number, a word and a group that checks reject.
#[derive(Debug, Config)]
#[config(check = is_small(limit), check = is_plain(mail))]
struct Checked {
    /// A number.
    #[expect(dead_code, reason = "read into, not read from")]
    limit: u32,
    /// A text.
    #[config(default = "info", show)]
    #[expect(dead_code, reason = "read into, not read from")]
    label: String,
    /// A group.
    #[config(nested)]
    mail: Mail,
}

#[derive(Debug, Config)]
#[config(check = is_whole)]
struct Mail {
    /// A text.
    #[config(default = "mail.internal", show)]
    mail_host: String,
    /// A number.
    #[config(default = 25)]
    mail_port: u16,
}

fn is_small(limit: &u32) -> Result<(), Violation> {
    if *limit < 100 { Ok(()) } else { Err(Violation::malformed("a small number")) }
}

fn is_plain(mail: &Mail) -> Result<(), Violation> {
    if mail.mail_host.contains(CANARY) { Err(Violation::malformed("a host")) } else { Ok(()) }
}

fn is_whole(mail: &Mail) -> Result<(), Violation> {
    if mail.mail_port == 4242 { Err(Violation::malformed("another port")) } else { Ok(()) }
}

#[test]
fn a_value_that_a_check_rejects_is_rejected_and_not_shown() {
    for (variables, path, state, value) in [
        (&[("LIMIT", "7")][..], "limit", SettingState::Set, Some("7")),
        (&[("LIMIT", "987654")], "limit", SettingState::Rejected, None),
        (&[("LIMIT", "987654")], "label", SettingState::Default, Some("info")),
        (&[("LIMIT", "7"), ("MAIL_HOST", "CaNaRy7")], "mail.mail_host", SettingState::Rejected, None),
        (&[("LIMIT", "7"), ("MAIL_HOST", "CaNaRy7")], "mail.mail_port", SettingState::Rejected, None),
        (&[("LIMIT", "7"), ("MAIL_PORT", "4242")], "mail.mail_port", SettingState::Rejected, None),
        (&[("LIMIT", "7"), ("MAIL_PORT", "4242")], "limit", SettingState::Set, Some("7")),
    ] {
        let outcome = load::<Checked>(production(variables));
        assert_eq!(row(&outcome, path), (state, value.map(str::to_owned)), "{variables:?} {path}");
        let text = printed(&outcome);
        for hidden in [CANARY, "987654", "4242"] {
            assert!(!text.contains(hidden), "{variables:?}: {text}");
        }
    }
}

#[derive(Debug, Config)]
struct Shown {
    /// A text.
    #[config(default = "info", show)]
    #[expect(dead_code, reason = "read into, not read from")]
    label: String,
    /// Several.
    #[config(default = [], show)]
    #[expect(dead_code, reason = "read into, not read from")]
    labels: Vec<String>,
    /// A type from elsewhere.
    #[config(parse, show)]
    #[expect(dead_code, reason = "read into, not read from")]
    foreign: Option<std::path::PathBuf>,
}

#[test]
fn a_secret_in_a_text_that_reports_show_is_withheld() {
    for (value, warned) in [
        ("https://user:CaNaRy7@host.example/", true),
        ("postgres://app:CaNaRy7/x@db.example.com/app", true),
        ("host=db.example.com password=CaNaRy7", true),
        ("-----BEGIN PRIVATE KEY----- CaNaRy7 -----END PRIVATE KEY-----", true),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJDYU5hUnk3In0.CaNaRy7", true),
        ("sk_live_CaNaRy7CaNaRy7", true),
        ("Bearer ghp_CaNaRy7CaNaRy7CaNaRy7", true),
        ("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08CaNaRy7", false),
        ("Jp7vWq2XzR9sTb4LmN8cYd3FgH6kCaNaRy7", false),
    ] {
        for (variable, path) in [("LABEL", "label"), ("LABELS", "labels"), ("FOREIGN", "foreign")] {
            let outcome = load::<Shown>(production(&[(variable, value)]));
            let text = printed(&outcome);
            assert!(!text.contains(CANARY), "{variable}={value}: {text}");
            assert_eq!(row(&outcome, path), (SettingState::Set, None), "{variable}={value}");
            assert!(text.contains("(not shown: looks like a secret)") && text.contains("\"withheld\":true"), "{text}");
            let loaded = outcome.unwrap();
            assert_eq!(
                Loaded::report(&loaded).has("secret-shown", variable),
                warned,
                "{value}: {}",
                Loaded::report(&loaded)
            );
        }
    }
}

#[test]
fn a_text_without_a_secret_is_shown_without_a_finding() {
    for value in ["info", "eu-central-1", "https://status.example.com/", "Europe/Berlin", "The billing service"] {
        let outcome = load::<Shown>(production(&[("LABEL", value)]));
        assert_eq!(row(&outcome, "label"), (SettingState::Set, Some(value.to_owned())));
        assert!(Loaded::report(&outcome.unwrap()).findings().is_empty(), "{value}");
    }
}

/// Defines types that declare a kind, but accept any text.
macro_rules! liars {
    ($($name:ident: $kind:expr;)*) => {$(
        #[derive(Debug)]
        struct $name;

        impl Setting for $name {
            const KIND: Kind = $kind;

            fn parse(_: &str) -> Result<Self, Violation> {
                Ok(Self)
            }
        }
    )*};
}

liars! {
    Word: Kind::Choice(&["first", "second"]);
    Number: Kind::Integer { min: 0, max: 9 };
    Address: Kind::Address;
    Socket: Kind::SocketAddress;
    Page: Kind::Origin;
    Time: Kind::Duration;
    Flag: Kind::Boolean;
    Share: Kind::Decimal;
}

#[derive(Debug, Config)]
#[allow(dead_code, reason = "loaded and held, not read")]
struct Lies {
    word: Option<Word>,
    words: Option<Vec<Word>>,
    number: Option<Number>,
    address: Option<Address>,
    socket: Option<Socket>,
    page: Option<Page>,
    pages: Option<Vec<Page>>,
    time: Option<Time>,
    flag: Option<Flag>,
    share: Option<Share>,
}

#[test]
fn a_type_that_reads_more_than_its_kind_shows_nothing_else() {
    let variables = ["WORD", "WORDS", "NUMBER", "ADDRESS", "SOCKET", "PAGE", "PAGES", "TIME", "FLAG", "SHARE"];
    for value in ["CaNaRy7", "deadbeefdeadbeefcafe", "CaNaRy7://x", "https://CaNaRy7@x", "482911", "-482911"] {
        for variable in variables {
            if variable == "SHARE" && value.ends_with("482911") {
                continue;
            }
            let text = printed(&load::<Lies>(production(&[(variable, value)])));
            assert!(!text.contains(value), "{variable}={value}: {text}");
        }
    }
    let honest = load::<Lies>(production(&[("WORD", "FIRST"), ("PAGE", "https://app.example.com"), ("NUMBER", "9")]));
    for (path, value) in [("word", "FIRST"), ("page", "https://app.example.com"), ("number", "9")] {
        assert_eq!(row(&honest, path), (SettingState::Set, Some(value.to_owned())));
    }
}

#[cfg(feature = "cors")]
#[test]
fn no_part_of_a_rejected_origin_is_shown() {
    for value in [
        "CaNaRy7://secret.example",
        "canary7://x",
        "https://hooks.CaNaRy7.example/services/T0/B0/x",
        "https://user:pass@CaNaRy7.example",
        "https://CaNaRy7",
        "http://canary7.localhost",
        "http://canary7.example.com",
        "redis://:CaNaRy7@cache.internal:6379/0",
        "https://a.example/?token=CaNaRy7",
    ] {
        let outcome = load::<hardened::CorsSettings>(production(&[("CORS_ORIGINS", value)]));
        let text = printed(&outcome).to_lowercase();
        assert!(outcome.is_err() && !text.contains("canary7"), "{value}: {text}");
    }
    let error = hardened::origin::Origin::parse("Otpauth://CaNaRy7.Secret").unwrap_err();
    assert!(!format!("{error}{error:?}").to_lowercase().contains("canary7"));
}

#[derive(Debug, Config)]
struct Region {
    /// Where.
    #[config(default = "eu")]
    #[expect(dead_code, reason = "read into, not read from")]
    region: String,
}

#[cfg(feature = "files")]
#[test]
fn the_name_of_a_key_is_shown_only_when_it_resembles_a_declared_one() {
    for (toml, place) in [
        ("CaNaRy7 = 1", ":1:1"),
        ("\n'CaNaRy7 CaNaRy7' = 1", ":2:1"),
        ("[CaNaRy7]\na = 1", ":1:2"),
        ("[production]\nCaNaRy7 = 1", ":2:1"),
        ("[production.CaNaRy7]\na = 1", ":1:13"),
        ("CaNaRy7.a = 1", ":1:1"),
    ] {
        let scratch = Scratch::new();
        scratch.file("hardened.toml", toml);
        let environment = production(&[]).working_directory(scratch.path());
        let outcome = load::<Region>(environment.clone());
        let text = printed(&outcome);
        assert!(!text.contains(CANARY) && text.contains(&format!("hardened.toml{place}")), "{toml}: {text}");
        // A waiver names the key in code, so the report may show it.
        let loader = Loader::new().environment(environment);
        let loader = loader.waive(rule::SOURCE_UNKNOWN_KEY, "CaNaRy7", "read by another program");
        let waived = loader.waive(rule::SOURCE_UNKNOWN_SECTION, "CaNaRy7", "read by another program");
        assert_eq!(waived.load::<Region>().is_ok(), !toml.contains(' ') || !toml.contains('\''), "{toml}");
    }
    let scratch = Scratch::new();
    scratch.file("hardened.toml", "regoin = 'us'");
    let refusal = load::<Region>(production(&[]).working_directory(scratch.path())).unwrap_err();
    assert!(refusal.report().refuses("source-unknown-key", "regoin"));
}

#[test]
fn two_entries_of_one_name_that_differ_refuse_the_start() {
    let twice = |second: &str| production(&[("LIMIT", "7")]).set_again("LIMIT", second);
    assert!(load::<Checked>(twice("7")).is_ok());
    for second in ["8", "", "CaNaRy7"] {
        let outcome = load::<Checked>(twice(second));
        assert!(!printed(&outcome).contains(CANARY));
        assert!(outcome.unwrap_err().report().refuses("setting-conflict", "LIMIT"), "{second:?}");
    }
    // A variable that is not declared may be set twice.
    assert!(load::<Checked>(production(&[("LIMIT", "7"), ("OTHER", "1")]).set_again("OTHER", "2")).is_ok());
}

#[test]
fn of_two_entries_that_name_the_tier_the_strictest_counts() {
    for (first, second, tier) in [
        ("development", "production", "production"),
        ("production", "development", "production"),
        ("development", "staging", "preview"),
        ("development", "", "production"),
        ("", "test", "production"),
    ] {
        let environment = production(&[("LIMIT", "7")]).set("ENVIRONMENT", first).set_again("ENVIRONMENT", second);
        let loaded = load::<Checked>(environment).unwrap();
        assert_eq!(Loaded::tier(&loaded).name(), tier, "{first:?} {second:?}");
        assert!(Loaded::report(&loaded).has("tier-differing", "ENVIRONMENT"), "{}", Loaded::report(&loaded));
    }
    let same = production(&[("LIMIT", "7")]).set_again("ENVIRONMENT", "prod");
    assert!(!Loaded::report(&load::<Checked>(same).unwrap()).has("tier-differing", "ENVIRONMENT"));
}
