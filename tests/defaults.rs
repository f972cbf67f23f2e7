//! Defaults, alternatives to a required setting, and attributes that describe a value.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(feature = "derive")]

use hardened::{
    Config, Environment, SecretText, Setting, Tier, Violation, finding::Reported, load::Reader, schema::Kind,
};
use test_support::{findings, load};

/// A setting that another one can replace, and fields whose values functions compute.
mod made {
    use super::*;

    #[derive(Debug, Config)]
    #[config(check = ordered(max, min))]
    struct Settings {
        #[config(required_unless = list)]
        single: Option<String>,
        list: Option<Vec<String>>,
        #[config(default_with = most)]
        max: u8,
        #[config(default = 1)]
        min: u8,
        #[config(with = relaxed)]
        relaxed: bool,
    }

    fn most(reader: &Reader<'_>) -> u8 {
        if reader.is_on("aws-lambda") { 2 } else { 12 }
    }

    fn relaxed(reader: &mut Reader<'_>) -> Result<bool, Reported> {
        Ok(!reader.tier().is_hardened())
    }

    fn ordered(max: &u8, min: &u8) -> Result<(), Violation> {
        if min <= max { Ok(()) } else { Err(Violation::malformed("at least MIN")) }
    }

    #[test]
    fn a_setting_is_required_unless_another_one_is_set() {
        for (variables, expected) in [
            (&[][..], &[("setting-missing", "SINGLE")][..]),
            (&[("SINGLE", "a")], &[]),
            (&[("LIST", "a,b")], &[]),
            (&[("SINGLE", "a"), ("LIST", "a,b")], &[]),
            (&[("LIST", "a,,b")], &[("setting-malformed", "LIST")]),
        ] {
            let environment = variables.iter().fold(Environment::empty(), |set, (name, value)| set.set(*name, *value));
            let found = findings::<Settings>(environment);
            let expected: Vec<_> = expected.iter().map(|(code, name)| (*code, (*name).to_owned())).collect();
            assert_eq!(found, expected, "{variables:?}");
        }
    }

    #[test]
    fn a_function_makes_the_default_and_a_set_value_overrides_it() {
        for (variables, max) in [
            (&[][..], 12),
            (&[("LAMBDA_TASK_ROOT", "/var/task")], 2),
            (&[("LAMBDA_TASK_ROOT", "/var/task"), ("MAX", "7")], 7),
        ] {
            let set = Environment::empty().set("SINGLE", "a");
            let environment = variables.iter().fold(set, |set, (name, value)| set.set(*name, *value));
            let settings = load::<Settings>(environment).unwrap();
            assert_eq!((settings.max, settings.min, settings.relaxed), (max, 1, false), "{variables:?}");
            assert_eq!((settings.single.as_deref(), &settings.list), (Some("a"), &None));
        }
        let refused = findings::<Settings>(Environment::empty().set("SINGLE", "a").set("MAX", "256"));
        assert_eq!(refused, [("setting-malformed", "MAX".to_owned())]);
        let unordered = findings::<Settings>(Environment::empty().set("SINGLE", "a").set("MIN", "13"));
        assert_eq!(unordered, [("setting-malformed", "MAX".to_owned())]);
    }

    #[test]
    fn a_field_that_a_function_makes_declares_nothing() {
        let fields: Vec<_> = Settings::SCHEMA.settings().iter().map(|declared| declared.path().to_owned()).collect();
        assert_eq!(fields, ["single", "list", "max", "min"]);
        assert!(load::<Settings>(Environment::empty().set("SINGLE", "a").set("ENVIRONMENT", "dev")).unwrap().relaxed);
    }
}

#[test]
fn a_type_from_elsewhere_can_say_what_it_expects() {
    #[derive(Debug, Config)]
    #[allow(dead_code, reason = "loaded, not read")]
    struct Settings {
        #[config(parse, expects = "one letter")]
        letter: char,
        #[config(parse)]
        other: char,
        #[config(parse, expects = "a letter each")]
        several: Vec<char>,
    }
    let nothing = load::<Settings>(Environment::empty()).unwrap_err().to_string();
    let documents = [Settings::SCHEMA.env_example(), Settings::SCHEMA.markdown()];
    for (missing, documented) in [
        ("LETTER  missing: one letter\n", "One letter"),
        ("OTHER  missing: a value that its type accepts\n", "A value that its type accepts"),
        (
            "SEVERAL  missing: a letter each; separate several with commas\n",
            "A letter each; separate several with commas",
        ),
    ] {
        assert!(nothing.contains(missing), "{nothing}");
        assert!(documents.iter().all(|document| document.contains(documented)), "{documents:?}");
    }
    let environment = Environment::empty().set("LETTER", "hunter2").set("OTHER", "hunter2");
    let refusal = load::<Settings>(environment).unwrap_err();
    let text = refusal.to_string();
    assert!(text.contains("LETTER  malformed: must be one letter\n"), "{text}");
    assert!(text.contains("OTHER  malformed: must be a value that its type accepts"), "{text}");
    assert!(!text.contains("hunter2"), "{text}");
}

/// A type that refuses some values at run time.
#[derive(Debug)]
struct Even(u8);

impl Setting for Even {
    const KIND: Kind = Kind::Integer { min: 0, max: 255 };

    fn parse(text: &str) -> Result<Self, Violation> {
        let number = u8::parse(text)?;
        if number % 2 == 0 { Ok(Self(number)) } else { Err(Violation::malformed("an even number").remedy("add one")) }
    }
}

#[test]
fn a_default_that_its_type_refuses_is_a_mistake_in_the_code() {
    #[derive(Debug, Config)]
    struct Settings {
        #[config(default = 3)]
        pairs: Even,
    }
    for tier in Tier::ALL {
        let environment = Environment::empty().set("ENVIRONMENT", tier.name());
        let refusal = load::<Settings>(environment.clone()).unwrap_err();
        let text = refusal.to_string();
        assert!(refusal.report().refuses("setting-default", "PAIRS"), "{tier}: {text}");
        assert!(text.contains("malformed: the type refuses the default in the code: an even number"), "{text}");
        assert!(text.contains("change the default in the service's code") && !text.contains("add one"), "{text}");
        assert_eq!(load::<Settings>(environment.set("PAIRS", "4")).unwrap().pairs.0, 4, "{tier}");
    }
}

#[test]
fn the_example_of_a_secret_is_refused_in_preview_and_production() {
    const EXAMPLE: &str = "sk_live_6b7f0c29d3e14a58";
    #[derive(Debug, Config)]
    #[allow(dead_code, reason = "loaded, not read")]
    struct Settings {
        #[config(example = "sk_live_6b7f0c29d3e14a58")]
        stripe: SecretText,
        #[config(example = "sk_live_6b7f0c29d3e14a58")]
        more: Option<Vec<SecretText>>,
        #[config(example = "sk_live_6b7f0c29d3e14a58")]
        region: Option<String>,
    }
    const REAL: &str = "sk_live_91c2aa07be64d3f8";
    for (variables, subjects) in [
        (&[("STRIPE", EXAMPLE)][..], &["STRIPE"][..]),
        (&[("STRIPE", REAL)], &[]),
        (&[("STRIPE", REAL), ("MORE", "sk_live_0d5be1c8f42a7963, sk_live_6b7f0c29d3e14a58")], &["MORE"]),
        (&[("STRIPE", REAL), ("REGION", EXAMPLE)], &[]),
    ] {
        for tier in Tier::ALL {
            let set = Environment::empty().set("ENVIRONMENT", tier.name());
            let environment = variables.iter().fold(set, |set, (name, value)| set.set(*name, *value));
            let found: Vec<_> =
                findings::<Settings>(environment).into_iter().filter(|(code, _)| *code == "secret-example").collect();
            let refused: Vec<_> = subjects.iter().filter(|_| tier.is_hardened()).collect();
            assert_eq!(found.len(), refused.len(), "{tier} {variables:?}: {found:?}");
            assert!(found.iter().zip(refused).all(|((_, subject), expected)| subject == expected), "{found:?}");
        }
    }
}
