//! Every rule is broken by some real input, and every message is in a snapshot, as an operator sees it.
//!
//! Each family of rules is a file. Each row is one input, and the snapshot shows its report. Each new message needs a row:
//! `cargo xtask test -p xtask --test architecture` lists the messages in the code that are in no snapshot.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(unix)]

mod auth;
mod book;
mod connection;
mod cors;
mod database;
mod database_url;
mod defaults;
mod dotenv;
mod elements;
mod fields;
mod http;
mod kinds;
mod mounted;
mod named;
mod names;
mod overrides;
mod owners;
mod process;
mod secret;
mod source;
mod tier;
mod values;
mod waiver;
mod weaknesses;

use std::collections::BTreeSet;

use book::Book;
use test_support as support;

/// A function that makes the reports of one family.
type Family = fn() -> Book;

/// The families of rules.
const FAMILIES: &[(&str, Family)] = &[
    ("auth", auth::book),
    ("connection", connection::book),
    ("cors", cors::book),
    ("database", database::book),
    ("database_url", database_url::book),
    ("defaults", defaults::book),
    ("dotenv", dotenv::book),
    ("elements", elements::book),
    ("fields", fields::book),
    ("http", http::book),
    ("kinds", kinds::book),
    ("mounted", mounted::book),
    ("named", named::book),
    ("names", names::book),
    ("overrides", overrides::book),
    ("owners", owners::book),
    ("process", process::book),
    ("secret", secret::book),
    ("source", source::book),
    ("tier", tier::book),
    ("values", values::book),
    ("waiver", waiver::book),
];

#[test]
fn every_rule_is_emitted_by_a_real_input_and_every_message_is_in_a_snapshot() {
    let (mut emitted, mut healthy) = (BTreeSet::new(), Vec::new());
    for &(family, book) in FAMILIES {
        let book = book();
        emitted.extend(book.codes());
        healthy.extend(book.healthy().iter().map(|name| format!("{family}: {name}")));
        // Only root can change the owner of a file, so others cannot make this snapshot.
        if family != "owners" || owners::can_be_shown() {
            insta::assert_snapshot!(family, book.to_string());
        }
    }
    if !owners::can_be_shown() {
        emitted.extend(owners::RULES);
    }
    let silent: Vec<_> =
        hardened::rule::ALL.iter().map(|rule| rule.code()).filter(|code| !emitted.contains(code)).collect();
    assert!(healthy.is_empty(), "no rule is broken by {healthy:?}");
    assert!(silent.is_empty(), "no input breaks {silent:?}");
}
