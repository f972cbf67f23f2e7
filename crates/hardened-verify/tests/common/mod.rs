//! What the tests of several families share: targets on loopback, and how a run is read.
#![allow(dead_code, clippy::unwrap_used, reason = "each test file uses its part, and fails by panicking")]

pub(crate) mod cors;
pub(crate) mod hostile;

use std::collections::BTreeSet;

use axum::Router;
use hardened_verify::{Builder, Family, Verification, Verifier};

/// Serves on a free port: the base URL.
pub(crate) async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

/// Verifies one family of a service on a free port.
pub(crate) async fn verify(router: Router, family: Family, prepare: impl FnOnce(Builder) -> Builder) -> Verification {
    let url = serve(router).await;
    let builder = Verifier::builder(&url).unwrap().only(&[family]);
    prepare(builder).build().unwrap().run().await
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
