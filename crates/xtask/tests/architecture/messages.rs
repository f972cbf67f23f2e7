//! Every sentence that the library can print for an operator is in a snapshot, so that someone has read it.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;

use crate::repository;

/// The directories whose code has messages.
const SOURCES: [&str; 2] = ["src", "crates/hardened-core/src"];

/// The files and directories with other texts, each with what shows these texts.
const ELSEWHERE: &[(&str, &str)] = &[
    ("crates/hardened-core/src/ci", "the tests of that folder, and the snapshots of the command line"),
    ("crates/hardened-core/src/document", "the tests of the manifest"),
    ("crates/hardened-core/src/verification", "the snapshots of `hardened verify`"),
    ("crates/hardened-core/src/manifest", "docs/manifest.schema.json, and the tests of that folder"),
    ("crates/hardened-core/src/rule", "docs/RULES.md"),
    ("src/groups/auth/token", "the errors of a running service"),
    ("src/command", "the snapshots of the quickstart"),
    ("src/web/attempts", "the answers of a running service"),
    ("src/web/cors/vary.rs", "the headers of a running service"),
    ("src/groups/database/driver", "the tests with a real server"),
    ("src/web/health", "docs/health.openapi.yaml"),
    ("src/web/layers", "the logs and headers of a running service"),
    ("src/runtime/core_dumps.rs", "a test in that file: only a sandbox refuses what it asks for"),
    ("src/source/dotenv/file.rs", "the tests of `config check --env-file`"),
    ("src/load/summary.rs", "tests/exit.rs"),
    ("src/load/table.rs", "tests/withheld.rs"),
    ("src/rule", "docs/RULES.md"),
    ("src/schema/asked/misuse.rs", "the compile errors of crates/derive-tests/tests/ui"),
    ("src/schema/print", "the snapshots of the quickstart"),
    ("src/tier/platforms/table.rs", "docs/TIERS.md"),
];

/// Sentences that no test on this machine can provoke.
const UNSEEN: &[(&str, &str)] = &[
    ("this process does not have permission to read the file", "only Windows says so"),
    ("after decoding: ", "every encoding has a name"),
    ("not a key", "every flaw has a sentence of its own"),
    // Parts of the messages of the TOML parser.
    ("duplicate key", "only the TOML parser says so"),
    ("with no value", "only the TOML parser says so"),
    ("must be quoted", "only the TOML parser says so"),
];

/// Macros whose text is not a message.
const OTHER_MACROS: [&str; 8] = ["assert", "debug", "error", "format", "info", "trace", "warn", "write"];

#[test]
fn every_sentence_of_a_message_is_in_a_snapshot() {
    let seen = snapshots();
    let mut unseen = BTreeMap::new();
    for file in SOURCES.iter().flat_map(|source| files(&repository().join(source), "rs")) {
        let path = file.strip_prefix(repository()).unwrap();
        let is_test = path.ends_with("tests.rs") || path.iter().any(|part| part == "tests");
        if is_test || ELSEWHERE.iter().any(|(elsewhere, _)| path.starts_with(elsewhere)) {
            continue;
        }
        let sentences = sentences(&fs::read_to_string(&file).unwrap());
        let missing: Vec<_> = sentences.into_iter().filter(|text| !is_seen(&seen, text)).collect();
        if !missing.is_empty() {
            unseen.insert(path.to_owned(), missing);
        }
    }
    assert!(unseen.is_empty(), "no snapshot of tests/rules shows {unseen:#?}");
    for (text, reason) in UNSEEN {
        assert!(!seen.contains(text), "{text} is seen: it is no longer true that {reason}");
    }
}

#[test]
fn only_messages_count_as_sentences() {
    let code = r##"
        #[must_use = "of an attribute"]
        fn one() -> Message { message!("begins with ", name, " and ends") }
        fn two() { assert!(true, "not of an assertion"); format!("not of a format"); one_word("alone") }
        const DOCS: &str = "This documents a setting.";
        #[cfg(test)]
        mod tests { const A: &str = "of a test"; }
    "##;
    assert_eq!(sentences(code), ["begins with ", " and ends"]);
}

fn is_seen(seen: &str, text: &str) -> bool {
    seen.contains(text.trim()) || UNSEEN.iter().any(|(unseen, _)| *unseen == text)
}

/// Returns the text of all snapshots of tests/rules.
fn snapshots() -> String {
    let files = files(&repository().join("tests/rules/snapshots"), "snap");
    files.iter().map(|file| fs::read_to_string(file).unwrap()).collect()
}

fn files(directory: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display())) {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
    found
}

/// Returns the string literals with more than one word in the code of a file, without tests, attributes and documentation.
fn sentences(code: &str) -> Vec<String> {
    let file = syn::parse_file(code).unwrap();
    let mut found = Vec::new();
    for item in file.items {
        collect(item.to_token_stream(), &mut found);
    }
    found
}

fn collect(tokens: TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let mut rest = tokens.as_slice();
    while let Some((token, behind)) = rest.split_first() {
        rest = behind;
        match (token, behind) {
            (TokenTree::Punct(mark), [TokenTree::Group(attribute), behind @ ..])
                if mark.as_char() == '#' && attribute.delimiter() == Delimiter::Bracket =>
            {
                // The tests are at the end of a file.
                let is_test = attribute.stream().to_string().replace(' ', "").starts_with("cfg(test");
                rest = if is_test { &[] } else { behind };
            }
            (TokenTree::Ident(name), [TokenTree::Punct(mark), TokenTree::Group(_), behind @ ..])
                if mark.as_char() == '!' && OTHER_MACROS.iter().any(|other| name.to_string().starts_with(other)) =>
            {
                rest = behind;
            }
            (TokenTree::Group(group), _) => collect(group.stream(), found),
            (TokenTree::Literal(_), _) => {
                if let Ok(text) = syn::parse2::<syn::LitStr>(token.to_token_stream()) {
                    found.extend(Some(text.value()).filter(|text| is_sentence(text)));
                }
            }
            _ => {}
        }
    }
}

/// Returns whether a text has at least two words and is not documentation, which ends with a full stop.
fn is_sentence(text: &str) -> bool {
    let is_word = |word: &&str| word.chars().any(char::is_alphabetic);
    text.split_whitespace().filter(is_word).count() >= 2 && !text.ends_with('.')
}
