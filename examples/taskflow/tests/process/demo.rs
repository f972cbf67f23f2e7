//! Tests of `taskflow demo`, the first command that most people try.

use std::process::Command;

use crate::{taskflow, text};

fn demo(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let (printed, errors) = text(&output);
    assert!(output.status.success(), "{printed}{errors}");
    assert_eq!(errors, "");
    printed
}

/// Returns the claims after `pass` or `fail`.
fn claims(printed: &str, word: &str) -> Vec<String> {
    printed
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix(word))
        .map(|claim| claim.trim().to_owned())
        .collect()
}

#[test]
fn it_needs_nothing_and_everything_holds() {
    let printed = demo(&mut taskflow(&["demo"]));
    let passed = claims(&printed, "pass ");
    assert!(passed.len() >= 60, "{printed}");
    assert_eq!(claims(&printed, "fail "), Vec::<String>::new());
    assert!(printed.ends_with(" s\n") && printed.contains(&format!("{} passed, 0 failed", passed.len())), "{printed}");
    for part in
        ["JWT_SECRET_KEY", "refused to start:", "the demo keeps its tasks in memory", "→ 401", "→ 404", "while "]
    {
        assert!(printed.contains(part), "{part}: {printed}");
    }
}

#[test]
fn it_is_the_same_whatever_the_environment_says() {
    let mut command = taskflow(&["demo"]);
    command.envs([("ENVIRONMENT", "staging-7"), ("JWT_SECRET_KEY", "short"), ("PORT", "1"), ("DATABASE_URL", "x")]);
    assert_eq!(claims(&demo(&mut command), "pass "), claims(&demo(&mut taskflow(&["demo"])), "pass "));
}

#[test]
fn it_has_colours_for_people_only() {
    for (name, value, is_coloured) in [
        ("NOTHING", "", false),
        ("NO_COLOR", "1", false),
        ("CLICOLOR_FORCE", "1", true),
        ("TERM", "xterm-256color", false),
    ] {
        let printed = demo(taskflow(&["demo"]).env(name, value));
        assert_eq!(printed.contains('\u{1b}'), is_coloured, "{name}={value}");
    }
}

#[test]
fn it_shows_no_key_and_no_token() {
    let printed = demo(&mut taskflow(&["demo"]));
    assert!(!printed.contains("eyJ"), "a token: {printed}");
    let is_key = |word: &str| word.len() >= 64 && word.chars().all(|symbol| symbol.is_ascii_hexdigit());
    assert!(!printed.split_whitespace().any(is_key), "a key: {printed}");
}
