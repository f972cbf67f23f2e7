//! Attributes that restrict the values of a field.

use hardened::finding::{Finding, Severity};

use super::*;

#[derive(Debug, Config)]
struct Ruled {
    #[config(range = 1..=1024, default = 8)]
    workers: u16,
    #[config(range = 10.., default = 10)]
    many: u64,
    #[config(range = ..0, default = -1)]
    below: i32,
    #[config(range = 0..=1, default = 0.5)]
    share: f64,
    #[config(range = 0.5..1.5, default = "0.5")]
    factor: f64,
    #[config(range = "1s"..="5m", default = "30s")]
    timeout: Duration,
    #[config(range = .."1h", default = "59m")]
    ttl: Duration,
    #[config(len = 3..=5, default = "käse")]
    code: String,
    #[config(len = 2, default = "de")]
    country: String,
    #[config(non_empty, default = "x")]
    name: String,
    #[config(one_of = ["eu", "us-east"], default = "eu", show)]
    region: String,
    #[config(one_of = [80, 443], default = 443)]
    port: u16,
    #[config(one_of = [0.5, 1, 2], default = 1)]
    scale: f64,
    #[config(one_of = ["1s", "1m"], default = "1s")]
    pause: Duration,
    #[config(matches = "[a-z]+", default = "abc")]
    slug: String,
    #[config(matches = r"[^@\s]+@[^@\s]+", expects = "an e-mail address", len = ..=20, default = "a@b")]
    mail: String,
    #[config(len = 1..=2, each(range = 1..=9), default = [1])]
    digits: Vec<u8>,
    #[config(non_empty, each(one_of = ["a", "b"]), default = ["a"])]
    letters: Vec<String>,
    #[config(each(matches = "[a-z]+", len = ..=3), default = [])]
    words: Vec<String>,
    #[config(parse, one_of = ["127.0.0.1", "::1"], default = "::1")]
    bind: IpAddr,
    #[config(expects = "how many there are", range = 1..=3, default = 1)]
    count: u8,
    #[config(len = 20..=80, matches = "sk_.*")]
    stripe_key: Option<SecretText>,
    #[config(len = 48..)]
    signing: Option<hardened::AuthSecret>,
    #[config(len = ..=2, each(len = 16..))]
    tokens: Option<Vec<SecretText>>,
}

fn errors(refusal: &Refusal) -> impl Iterator<Item = &Finding> {
    refusal.report().findings().iter().filter(|finding| finding.severity() == Severity::Error)
}

/// The variable, the text, and the message of the finding if the text is refused.
const CASES: &[(&str, &str, Option<&str>)] = &[
    ("WORKERS", "1", None),
    ("WORKERS", "1024", None),
    ("WORKERS", "0", Some("must be a whole number from 1 to 1024")),
    ("WORKERS", "1025", Some("must be a whole number from 1 to 1024")),
    ("WORKERS", "70000", Some("must be a whole number from 1 to 1024")),
    ("WORKERS", "many", Some("must be a whole number from 1 to 1024")),
    ("WORKERS", " +0007 ", None),
    ("MANY", "9", Some("must be a whole number from 10 to 18446744073709551615")),
    ("MANY", "10", None),
    ("MANY", "18446744073709551615", None),
    ("BELOW", "-2147483648", None),
    ("BELOW", "0", Some("must be a whole number from -2147483648 to -1")),
    ("SHARE", "0", None),
    ("SHARE", "1", None),
    ("SHARE", "1.0000000000000002", Some("must be a number from 0 to 1")),
    ("SHARE", "-0.0001", Some("must be a number from 0 to 1")),
    ("SHARE", "5e-324", None),
    ("FACTOR", "0.5", None),
    ("FACTOR", "1.4999999999999998", None),
    ("FACTOR", "1.5", Some("must be a number of at least 0.5 and below 1.5")),
    ("FACTOR", "0.49999999999999994", Some("must be a number of at least 0.5 and below 1.5")),
    ("FACTOR", "x", Some("must be a number of at least 0.5 and below 1.5")),
    ("TIMEOUT", "1s", None),
    ("TIMEOUT", "1000ms", None),
    ("TIMEOUT", "5m", None),
    ("TIMEOUT", "999ms", Some("must be a duration from 1s to 5m")),
    ("TIMEOUT", "5m1ms", Some("must be a duration from 1s to 5m")),
    ("TIMEOUT", "30", Some("must be a duration from 1s to 5m")),
    ("TTL", "0", None),
    ("TTL", "3599s", None),
    ("TTL", "60m", Some("must be a duration below 1h")),
    ("CODE", "äöü", None),
    ("CODE", "äöüäö", None),
    ("CODE", "äö", Some("2 characters; must be 3 to 5")),
    ("CODE", "äöüäöü", Some("6 characters; must be 3 to 5")),
    ("COUNTRY", "d", Some("1 character; must be exactly 2")),
    ("NAME", "ü", None),
    ("REGION", "us-east", None),
    ("REGION", "EU", Some("must be one of eu, us-east")),
    ("REGION", " eu", Some("must be one of eu, us-east")),
    ("PORT", "80", None),
    ("PORT", "0443", None),
    ("PORT", "81", Some("must be one of 80, 443")),
    ("PORT", "x", Some("must be one of 80, 443")),
    ("SCALE", "2.0", None),
    ("SCALE", "0.50", None),
    ("SCALE", "1.5", Some("must be one of 0.5, 1, 2")),
    ("PAUSE", "60s", None),
    ("PAUSE", "2s", Some("must be one of 1s, 1m")),
    ("SLUG", "a", None),
    ("SLUG", "aB", Some("must be text that matches [a-z]+")),
    ("SLUG", "a\n", Some("must be text that matches [a-z]+")),
    ("SLUG", "a1a", Some("must be text that matches [a-z]+")),
    ("MAIL", "me@example.com", None),
    ("MAIL", "example.com", Some("must be an e-mail address of at most 20 characters")),
    ("MAIL", "someone@mail.example.com", Some("24 characters; must be at most 20")),
    ("DIGITS", "1,9", None),
    ("DIGITS", "[\"1\"]", None),
    ("DIGITS", "1,2,3", Some("3 items; must be 1 to 2")),
    ("DIGITS", "[]", Some("0 items; must be 1 to 2")),
    ("DIGITS", "1,10", Some("item 2: must be a whole number from 1 to 9")),
    ("DIGITS", "x", Some("must be a whole number from 1 to 9; separate several with commas; 1 to 2 items")),
    ("LETTERS", "a,b,a", None),
    ("LETTERS", "[]", Some("0 items; must be at least 1")),
    ("LETTERS", "a,c", Some("item 2: must be one of a, b")),
    ("WORDS", "[]", None),
    ("WORDS", "abc,de", None),
    ("WORDS", "abc,DE", Some("item 2: must be text of at most 3 characters that matches [a-z]+")),
    ("WORDS", "abcd", Some("item 1: 4 characters; must be at most 3")),
    ("BIND", "127.0.0.1", None),
    ("BIND", "127.0.0.2", Some("must be one of 127.0.0.1, ::1")),
    ("BIND", "x", Some("must be one of 127.0.0.1, ::1")),
    ("COUNT", "4", Some("must be how many there are from 1 to 3")),
    ("STRIPE_KEY", "sk_6b7f0c29d3e14a58k", None),
    ("STRIPE_KEY", "sk_6b7f0c29d3e14a58", Some("19 bytes; must be 20 to 80")),
    ("STRIPE_KEY", "pk_6b7f0c29d3e14a58k", Some("must be a credential of 20 to 80 bytes that matches sk_.*")),
    ("SIGNING", "Zk3vQ8nT1xW5yB7cR2mL9pJ4hG6dF0sA", Some("32 bytes; must be at least 48")),
    ("TOKENS", "q8ZxT3vB7nM1kL5j,j5Lk1Mn7Bv3TxZ8q", None),
    ("TOKENS", "q8ZxT3vB7nM1kL5j,j5Lk1Mn7Bv3TxZ8", Some("item 2: 15 bytes; must be at least 16")),
    ("TOKENS", "q8ZxT3vB7nM1kL5j,j5Lk1Mn7Bv3TxZ8q,aB4cD6eF8gH1jK3m", Some("3 items; must be at most 2")),
];

#[test]
fn a_value_outside_a_bound_is_refused_and_one_at_the_bound_is_accepted() {
    assert!(Loaded::table(&accepted::<Ruled>(&[])).rows().iter().all(|row| row.state() != SettingState::Rejected));
    for (variable, text, expected) in CASES {
        let outcome = load::<Ruled>(&[(variable, text)]);
        match expected {
            None => assert!(outcome.is_ok(), "{variable}={text}: {}", outcome.unwrap_err()),
            Some(expected) => {
                let refusal = outcome.expect_err(text);
                let told: Vec<_> = errors(&refusal).collect();
                let [finding] = told.as_slice() else { panic!("{variable}={text}: {refusal}") };
                let secret = ["STRIPE_KEY", "SIGNING", "TOKENS"].contains(variable);
                let code = if secret { "secret-malformed" } else { "setting-malformed" };
                assert_eq!((finding.code(), finding.subject()), (code, *variable), "{text}");
                assert_eq!(finding.message(), format!("malformed: {expected}"), "{variable}={text}");
                let row =
                    refusal.table().rows().iter().find(|row| row.variables().any(|name| name.as_str() == *variable));
                assert_eq!(row.map(Row::state), Some(SettingState::Rejected), "{variable}={text}");
            }
        }
    }
}

#[test]
fn a_misspelt_choice_gets_the_nearest_one_as_a_suggestion() {
    let refusal = refused::<Ruled>(&[("REGION", "us-eats"), ("LETTERS", "c")]);
    let text = refusal.to_string();
    assert!(text.contains("did you mean `us-east`?") && !text.contains("us-eats"), "{text}");
}

#[test]
fn every_broken_rule_of_a_field_is_reported_at_once() {
    #[derive(Debug, Config)]
    struct Two {
        #[config(len = 5.., matches = "[a-z]+")]
        name: String,
        #[config(each(range = 1..=9))]
        digits: Vec<u8>,
    }

    let refusal = refused::<Two>(&[("NAME", "A"), ("DIGITS", "0,1,10")]);
    let told: Vec<_> = errors(&refusal).map(Finding::message).collect();
    assert_eq!(
        told,
        [
            "malformed: 1 character; must be at least 5",
            "malformed: must be text of at least 5 characters that matches [a-z]+",
            "malformed: item 1: must be a whole number from 1 to 9",
            "malformed: item 3: must be a whole number from 1 to 9",
        ]
    );
}

#[test]
fn a_list_of_too_many_items_says_how_many_it_has_even_if_one_cannot_be_read() {
    let wish = "malformed: must be a whole number from 1 to 9; separate several with commas; 1 to 2 items";
    let tokens = "q8ZxT3vB7nM1kL5j,,aB4cD6eF8gH1jK3m";
    for (variable, text, expected) in [
        ("DIGITS", "1,2,300", &[wish, "malformed: 3 items; must be 1 to 2"][..]),
        ("DIGITS", "[1,2,\"x\",4]", &[wish, "malformed: 4 items; must be 1 to 2"]),
        ("DIGITS", "1,300", &[wish]),
        (
            "TOKENS",
            tokens,
            &["malformed: item 2 of the list must not be blank", "malformed: 3 items; must be at most 2"],
        ),
    ] {
        let refusal = refused::<Ruled>(&[(variable, text)]);
        let told: Vec<_> = errors(&refusal).map(Finding::message).collect();
        assert_eq!(told, expected, "{variable}={text}");
        assert!(errors(&refusal).all(|finding| finding.subject() == variable), "{refusal}");
    }
}

#[test]
fn a_missing_setting_says_what_its_field_asks_for() {
    #[derive(Debug, Config)]
    struct Missing {
        #[config(range = 1..=10)]
        workers: u16,
        #[config(len = 3..)]
        name: String,
    }

    let refusal = refused::<Missing>(&[]);
    let told: Vec<_> = errors(&refusal).map(Finding::message).collect();
    assert_eq!(told, ["missing: a whole number from 1 to 10", "missing: text of at least 3 characters"]);
}

#[test]
fn a_wrong_default_that_only_the_start_can_detect_is_a_mistake_in_the_code() {
    #[derive(Debug, Config)]
    struct Wrong {
        #[config(matches = "[a-z]+", default = "ABC")]
        slug: String,
        #[config(range = 0.0..=1.0, default = "1.00000000000000000001e0")]
        share: f64,
        #[config(range = 0.0..=1.0, default = "11e-1")]
        other: f64,
    }

    let refusal = refused::<Wrong>(&[]);
    assert_eq!(findings(&refusal), [("setting-default", "SLUG"), ("setting-default", "OTHER")]);
    assert!(accepted::<Wrong>(&[("SLUG", "abc"), ("OTHER", "1")]).slug == "abc");
}

#[test]
fn the_documents_say_what_a_field_asks_for() {
    let schema = Ruled::SCHEMA;
    for (variable, sentence) in [
        ("WORKERS", "A whole number from 1 to 1024."),
        ("SHARE", "A number from 0 to 1."),
        ("TIMEOUT", "A duration from 1s to 5m."),
        ("CODE", "Text of 3 to 5 characters."),
        ("COUNTRY", "Text of exactly 2 characters."),
        ("NAME", "Text of at least 1 character."),
        ("REGION", "One of eu, us-east."),
        ("PORT", "One of 80, 443."),
        ("SLUG", "Text that matches [a-z]+."),
        ("MAIL", "An e-mail address of at most 20 characters."),
        ("DIGITS", "A whole number from 1 to 9; separate several with commas; 1 to 2 items."),
        ("SIGNING", "A key of at least 48 bytes."),
        ("STRIPE_KEY", "A credential of 20 to 80 bytes that matches sk_.*."),
    ] {
        let env = schema.env_example();
        assert!(env.lines().any(|line| line.contains(sentence)), "{variable}: {sentence}\n{env}");
        assert!(schema.markdown().contains(sentence.trim_end_matches('.')), "{variable}");
    }
    assert!(schema.toml_example().contains("# A duration from 1s to 5m. Default: 30s. Variable: TIMEOUT"));
    let json = schema.json_schema();
    let property = |name: &str| json["properties"][name].clone();
    for (field, pointer, expected) in [
        ("workers", "/anyOf/0/maximum", serde_json::json!(1024)),
        ("workers", "/anyOf/0/minimum", serde_json::json!(1)),
        ("share", "/maximum", serde_json::json!(1)),
        ("factor", "/exclusiveMaximum", serde_json::json!(1.5)),
        ("code", "/anyOf/0/minLength", serde_json::json!(3)),
        ("code", "/anyOf/0/maxLength", serde_json::json!(5)),
        ("region", "/anyOf/0/enum", serde_json::json!(["eu", "us-east"])),
        ("port", "/anyOf/0/enum", serde_json::json!([80, 443])),
        ("slug", "/anyOf/0/pattern", serde_json::json!("^(?:[a-z]+)$")),
        ("digits", "/anyOf/0/minItems", serde_json::json!(1)),
        ("digits", "/anyOf/0/maxItems", serde_json::json!(2)),
    ] {
        assert_eq!(property(field).pointer(pointer), Some(&expected), "{field}: {}", property(field));
    }
}

mod random {
    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, Config)]
    struct Bounded {
        #[config(range = -3..=70_000)]
        whole: i64,
        #[config(range = -0.25..0.75)]
        share: f64,
        #[config(range = "90ms"..="2m")]
        time: Duration,
        #[config(len = 2..=4)]
        text: String,
        #[config(len = ..=3, each(range = 5..8))]
        items: Vec<i8>,
    }

    fn is_accepted(name: &str, text: &str) -> bool {
        let usual = [("WHOLE", "0"), ("SHARE", "0"), ("TIME", "1s"), ("TEXT", "abc"), ("ITEMS", "5")];
        let environment: Environment = usual.into_iter().collect();
        Loader::new().environment(environment.set(name.to_owned(), text.to_owned())).load::<Bounded>().is_ok()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn exactly_what_is_within_the_bounds_is_accepted(
            whole in prop_oneof![-9_i64..9, 69_990_i64..70_010, any::<i64>()],
            share in prop_oneof![-0.3_f64..0.8, Just(0.75), Just(-0.25)],
            milliseconds in prop_oneof![80_u64..100, 119_990_u64..120_010, any::<u32>().prop_map(u64::from)],
            text in "[a-zäß€🦀]{1,6}",
            items in proptest::collection::vec(3_i8..10, 1..5),
        ) {
            prop_assert_eq!(is_accepted("WHOLE", &whole.to_string()), (-3..=70_000).contains(&whole));
            prop_assert_eq!(is_accepted("SHARE", &share.to_string()), (-0.25..0.75).contains(&share));
            prop_assert_eq!(is_accepted("TIME", &format!("{milliseconds}ms")), (90..=120_000).contains(&milliseconds));
            prop_assert_eq!(is_accepted("TEXT", &text), (2..=4).contains(&text.chars().count()));
            let joined = items.iter().map(i8::to_string).collect::<Vec<_>>().join(",");
            let are_within = items.len() <= 3 && items.iter().all(|item| (5..8).contains(item));
            prop_assert_eq!(is_accepted("ITEMS", &joined), are_within);
        }
    }
}
