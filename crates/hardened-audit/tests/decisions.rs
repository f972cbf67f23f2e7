//! The decision records of this repository.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use hardened_audit::Decision;
use hardened_verify::Family;

/// The decisions about the environment of a service, which rules must confirm.
const CONFIRMED: [&str; 4] = ["cors-pure-core", "port-binding", "neon-pooling", "secret-externalization"];

/// Returns the codes of every rule and check.
fn codes() -> Vec<&'static str> {
    let tables =
        [hardened::rule::ALL, hardened_verify::rule::ALL, &hardened_scan::rule::ALL, hardened_audit::rule::ALL];
    let rules = tables.into_iter().flatten().map(|rule| rule.code());
    rules.chain(Family::ALL.iter().flat_map(|family| family.checks()).map(|check| check.id())).collect()
}

fn is_known(code: &str, codes: &[&str]) -> bool {
    match code.strip_suffix('*') {
        Some(begin) => codes.iter().any(|known| known.starts_with(begin)),
        None => codes.contains(&code),
    }
}

#[test]
fn every_rule_that_confirms_a_decision_exists() {
    let decisions = Decision::read_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/adr")).unwrap();
    assert!(decisions.len() > 20);
    let codes = codes();
    for decision in &decisions {
        let unknown: Vec<_> = decision.confirmed_by.iter().filter(|code| !is_known(code, &codes)).collect();
        assert!(unknown.is_empty(), "{}: {unknown:?}", decision.file);
        assert_eq!(decision.status, "accepted", "{}", decision.file);
    }
    for name in CONFIRMED {
        let decision = decisions.iter().find(|decision| decision.file.contains(name)).unwrap();
        assert!(!decision.confirmed_by.is_empty(), "{name}");
    }
}
