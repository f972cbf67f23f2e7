//! Every rule of the table is emitted by some code, and some test asks for it.
//!
//! A rule that nothing emits promises what nobody keeps. This looks at the text of the sources: what a rule says in
//! which case is the business of the tests that it finds.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The rules that are in the table, and where they are defined and explained.
const TABLES: [&str; 2] = ["src/rule", "crates/hardened-core/src/rule"];

fn sources(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() && !entry.ends_with("target") {
            sources(&entry, found);
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            found.push(entry);
        }
    }
}

/// The sources below some directories, as code without tests and as tests.
fn read() -> (String, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut code, mut tests) = (String::new(), String::new());
    let mut files = Vec::new();
    for directory in ["src", "tests", "crates", "examples"] {
        sources(&root.join(directory), &mut files);
    }
    for file in files {
        let path = file.strip_prefix(root).unwrap();
        if TABLES.iter().any(|table| path.starts_with(table)) {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        let is_test = path.components().any(|part| part.as_os_str() == "tests") || path.ends_with("tests.rs");
        let (before, behind) = text.split_once("#[cfg(test)]").unwrap_or((&text, ""));
        if is_test {
            tests.push_str(&text);
        } else {
            code.push_str(before);
            tests.push_str(behind);
        }
    }
    (code, tests)
}

/// Whether a name stands there as a whole word.
fn has_word(text: &str, word: &str) -> bool {
    let is_part = |symbol: char| symbol.is_ascii_alphanumeric() || symbol == '_' || symbol == '-';
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let behind = text[at + word.len()..].chars().next();
        !before.is_some_and(is_part) && !behind.is_some_and(is_part)
    })
}

#[test]
fn every_rule_is_emitted_by_some_code_and_asked_for_by_some_test() {
    let (code, tests) = read();
    let (mut silent, mut untested) = (BTreeSet::new(), BTreeSet::new());
    for rule in hardened::rule::ALL {
        let constant = rule.code().to_uppercase().replace('-', "_");
        if !has_word(&code, &constant) {
            silent.insert(rule.code());
        }
        if !has_word(&tests, &constant) && !has_word(&tests, rule.code()) {
            untested.insert(rule.code());
        }
    }
    assert!(silent.is_empty(), "no code emits {silent:?}");
    assert!(untested.is_empty(), "no test asks for {untested:?}");
}

/// Inputs for the rules that no other test asks for by name. A new rule belongs in a test of its own area, or here.
#[cfg(all(unix, feature = "derive"))]
#[test]
fn each_of_these_inputs_breaks_its_rule() {
    use std::os::unix::ffi::OsStringExt;

    use hardened::{Environment, Jwt, Loaded, Loader, Tier};

    let key = "Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM";
    let production = || Environment::empty().set("ENVIRONMENT", "production").set("JWT_SECRET_KEY", key);
    let bytes = std::ffi::OsString::from_vec(vec![0xff, 0xfe]);
    for (code, subject, environment) in [
        ("jwt-expiration", "JWT_EXPIRATION_MINUTES", production().set("JWT_EXPIRATION_MINUTES", "2000")),
        (
            "secret-few-bits",
            "JWT_SECRET_KEY",
            production().set("JWT_SECRET_KEY", "4839201758264937105829463718205937461829"),
        ),
        (
            "secret-pem",
            "JWT_SECRET_KEY",
            production().set(
                "JWT_SECRET_KEY",
                "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA\n-----END PRIVATE KEY-----",
            ),
        ),
        ("secret-published", "JWT_SECRET_KEY", production().set("JWT_SECRET_KEY", "your-256-bit-secret")),
        ("setting-not-text", "JWT_ISSUER", production().set("JWT_ISSUER", bytes)),
        ("setting-too-long", "JWT_ISSUER", production().set("JWT_ISSUER", "x".repeat(64 * 1024 + 1))),
    ] {
        let report = match Loader::new().environment(environment).load::<Jwt>() {
            Ok(loaded) => Loaded::report(&loaded).clone(),
            Err(refusal) => refusal.report().clone(),
        };
        assert!(report.has(code, subject), "{code}: {report}");
    }
    let loader = Loader::new().environment(production()).tier_alias("laptop", Tier::Development);
    assert!(loader.load::<Jwt>().unwrap_err().report().refuses("tier-alias", "laptop"));
    assert!(Loaded::report(&Loader::new().environment(production()).load::<Jwt>().unwrap()).findings().is_empty());
}

#[test]
fn a_word_is_found_as_a_whole_only() {
    assert!(has_word("rule::SECRET_SHOWN,", "SECRET_SHOWN") && has_word("\"secret-shown\"", "secret-shown"));
    assert!(
        !has_word("rule::SECRET_SHOWN_TWICE", "SECRET_SHOWN") && !has_word("\"secret-shown-twice\"", "secret-shown")
    );
}
