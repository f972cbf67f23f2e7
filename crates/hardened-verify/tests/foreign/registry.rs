//! Servers of the npm registry, as their documentation starts them: which weaknesses that brings.
//!
//! `cargo xtask targets` installs them and runs this. Other runs skip it and say so, because they are many packages.

use std::collections::BTreeSet;

use hardened_verify::Verification;
use test_support::postgres::Postgres;

use super::{
    program::{Program, Service},
    verifier,
};

async fn verify(service: &Service, below: &str, profile: &str) -> Verification {
    let service = Service { url: format!("{}{below}", service.url), openapi: String::new() };
    verifier(&service, profile).build().unwrap().run().await
}

/// Asserts that these checks fail, and no others.
fn assert_found(verification: &Verification, expected: &[&[&'static str]]) {
    let found: BTreeSet<_> = verification.failures().map(|outcome| outcome.check().id()).collect();
    assert_eq!(found, expected.concat().into_iter().collect(), "{verification}");
}

/// Pages of everybody's origin can read and write, the key of the tokens is in the source, and without rules a token is not
/// asked for.
#[tokio::test(flavor = "multi_thread")]
async fn the_weaknesses_of_json_server_auth_are_found() {
    let names = ["json-server-auth", "json-server-auth with rules"];
    let Some((_program, services)) = Program::of_registry(&names, "") else { return };
    let of_server = ["headers-nosniff", "headers-frame", "headers-csp", "headers-referrer", "headers-software"];
    let open = verify(&services[0], "", "json-server-auth.toml").await;
    let expected = [
        &["cors-foreign-origin", "tokens-published-key", "tokens-missing", "isolation-read", "isolation-anonymous"][..],
        &["isolation-list", "isolation-update", "isolation-delete", "isolation-owner"],
        &of_server,
        &["errors-server-error"],
    ];
    assert_found(&open, &expected);
    // Who owns one note lists all of them, an item that does not exist is an error of the server, and PUT asks only whose
    // note it is to become.
    let guarded = verify(&services[1], "", "json-server-auth.toml").await;
    let expected = [
        &["cors-foreign-origin", "tokens-published-key", "isolation-list", "isolation-update"][..],
        &of_server,
        &["errors-server-error"],
    ];
    assert_found(&guarded, &expected);
}

/// Everybody reads and writes what has no list of its own of who may.
#[tokio::test(flavor = "multi_thread")]
async fn the_weaknesses_of_parse_server_are_found() {
    if !Program::has_registry() {
        return;
    }
    let database = Postgres::start();
    let Some((_program, services)) = Program::of_registry(&["parse-server"], &database.url()) else { return };
    let verification = verify(&services[0], "/parse", "parse-server.toml").await;
    let expected = [
        &["isolation-read", "isolation-anonymous", "isolation-list", "isolation-update", "isolation-delete"][..],
        &["headers-nosniff", "headers-cache", "headers-software"],
    ];
    assert_found(&verification, &expected);
}
