//! Runs of one family against a service in this process, and how they ended.

use std::collections::BTreeSet;

use axum::Router;
use hardened_verify::{Builder, Family, Verification};

/// Verifies one family of a service in this process.
pub(crate) async fn run(router: Router, family: Family, prepare: impl FnOnce(Builder) -> Builder) -> Verification {
    prepare(super::target(router).only(&[family])).build().unwrap().run().await
}

/// The checks of which a case ended so.
pub(crate) fn ended(verification: &Verification, verdict: &str) -> BTreeSet<&'static str> {
    let outcomes = verification.outcomes().iter().filter(|outcome| outcome.verdict().name() == verdict);
    outcomes.map(|outcome| outcome.check().id()).collect()
}

/// The cases of a check that ended so.
pub(crate) fn cases<'a>(verification: &'a Verification, check: &str, verdict: &str) -> Vec<&'a str> {
    let outcomes = verification.outcomes().iter().filter(|outcome| outcome.check().id() == check);
    let outcomes = outcomes.filter(|outcome| outcome.verdict().name() == verdict);
    outcomes.map(|outcome| outcome.which().unwrap_or_default()).collect()
}

/// Every outcome, a line each.
pub(crate) fn lines(verification: &Verification) -> String {
    verification.outcomes().iter().map(|outcome| format!("{outcome}\n")).collect()
}
