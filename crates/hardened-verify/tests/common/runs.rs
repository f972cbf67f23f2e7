//! Runs of one family against a service in this process, and their outcomes.

use std::collections::BTreeSet;

use axum::Router;
use hardened_verify::{Builder, Family, Verification};

/// Runs one family against a service in this process.
pub(crate) async fn run(router: Router, family: Family, prepare: impl FnOnce(Builder) -> Builder) -> Verification {
    prepare(super::target(router).only(&[family])).build().unwrap().run().await
}

/// Returns the checks that have at least one case with this verdict.
pub(crate) fn ended(verification: &Verification, verdict: &str) -> BTreeSet<&'static str> {
    let outcomes = verification.outcomes().iter().filter(|outcome| outcome.verdict().name() == verdict);
    outcomes.map(|outcome| outcome.check().id()).collect()
}

/// Returns the cases of a check that have this verdict.
pub(crate) fn cases<'a>(verification: &'a Verification, check: &str, verdict: &str) -> Vec<&'a str> {
    let outcomes = verification.outcomes().iter().filter(|outcome| outcome.check().id() == check);
    let outcomes = outcomes.filter(|outcome| outcome.verdict().name() == verdict);
    outcomes.map(|outcome| outcome.which().unwrap_or_default()).collect()
}

/// Returns every outcome, one per line.
pub(crate) fn lines(verification: &Verification) -> String {
    verification.outcomes().iter().map(|outcome| format!("{outcome}\n")).collect()
}
