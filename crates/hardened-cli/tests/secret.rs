//! `hardened secret`: fresh keys, and checks of given ones.

mod support;

use std::collections::HashSet;

use base64::{Engine, engine::general_purpose::STANDARD};
use support::{run, run_with};

/// A value that must not appear in any output.
const CANARY: &str = "cAnArY";

#[test]
fn a_fresh_key_is_one_line_of_base64_and_nothing_else() {
    for (arguments, bytes) in [
        (&["secret"][..], 48),
        (&["secret", "--bytes", "32"], 32),
        (&["secret", "--bytes=33"], 33),
        (&["secret", "--bytes", "3072"], 3072),
    ] {
        let ran = run(arguments);
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{arguments:?}");
        let key = ran.stdout.strip_suffix('\n').unwrap();
        assert_eq!(STANDARD.decode(key).unwrap().len(), bytes, "{arguments:?}");
        assert!(key.len() <= 4096, "the library accepts keys of at most 4096 bytes");
    }
}

#[test]
fn no_two_fresh_keys_are_the_same() {
    let keys: HashSet<_> = (0..8).map(|_| run(&["secret"]).stdout).collect();
    assert_eq!(keys.len(), 8);
}

#[test]
fn a_fresh_key_is_strong() {
    for (bytes, required) in [("32", "32"), ("48", "64"), ("3072", "4096")] {
        let key = run(&["secret", "--bytes", bytes]).stdout;
        let ran = run_with(&["secret", "--check", "--required", required], key.as_bytes());
        assert_eq!(ran.status, 0, "{}", ran.told());
        assert_eq!(
            ran.stdout,
            "accepted: no problems found; it cannot be checked whether the key was generated at random\n"
        );
    }
}

#[test]
fn a_number_out_of_range_is_a_usage_error_that_names_the_range() {
    for (flag, numbers) in [
        ("--bytes", &["0", "31", "3073", "-1", "x", "99999999999999999999", ""][..]),
        ("--required", &["0", "31", "4097", "x", ""]),
    ] {
        for number in numbers {
            let argument = format!("{flag}={number}");
            let check = if flag == "--required" { &["--check"][..] } else { &[] };
            let ran = run(&[&["secret", &argument][..], check].concat());
            assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{argument}");
            assert!(ran.stderr.contains("must be a whole number from 32 to "), "{argument}: {}", ran.stderr);
        }
    }
}

#[test]
fn a_weak_key_is_refused_with_its_rule_and_fix_and_is_not_shown() {
    let ran = run_with(&["secret", "--check"], format!("{CANARY}\n").as_bytes());
    assert_eq!(ran.status, 1, "{}", ran.told());
    for words in ["refused: ", "weak: 6 bytes; must be at least 32", "fix: ", "secret-too-short"] {
        assert!(ran.stdout.contains(words), "{words}: {}", ran.stdout);
    }
    assert!(!ran.told().contains(CANARY));
}

#[test]
fn any_unusable_input_gets_a_finding_and_is_never_shown() {
    let repeated = |times: usize| CANARY.repeat(times).into_bytes();
    for (case, input, code) in [
        ("empty", Vec::new(), "secret-missing"),
        ("a line break", b"\n".to_vec(), "secret-missing"),
        ("no text", [CANARY.as_bytes(), &[0xff; 40]].concat(), "secret-not-text"),
        ("4,098 bytes", repeated(683), "secret-too-long"),
        ("1 MiB", repeated(174_763), "secret-too-long"),
    ] {
        let ran = run_with(&["secret", "--check"], &input);
        assert_eq!((ran.status, ran.stderr.as_str()), (1, ""), "{case}: {}", ran.told());
        assert!(ran.stdout.contains(code), "{case}: {}", ran.stdout);
        assert!(!ran.told().contains(CANARY), "{case}");
    }
}

#[test]
fn a_secret_given_as_an_argument_is_refused_and_not_repeated() {
    for arguments in [
        &["secret", "--check", CANARY][..],
        &["secret", CANARY],
        &["secret", &format!("--check={CANARY}")],
        &["secret", &format!("--{CANARY}")],
        &["secret", "--bytes", CANARY],
        &["secret", "--check", "--required", CANARY],
        &["secret", "--check", "--required", "32", "--required", CANARY],
    ] {
        let ran = run(arguments);
        assert_eq!(ran.status, 2, "{arguments:?}");
        assert!(!ran.told().contains(CANARY), "{arguments:?}: {}", ran.stderr);
    }
    let ran = run(&["secret", "--check", CANARY]);
    assert!(ran.stderr.contains("hardened secret --check < FILE"), "{}", ran.stderr);
    let ran = run(&["secret", "--byte=32"]);
    assert!(ran.stderr.contains("did you mean `--bytes`?"), "{}", ran.stderr);
}
