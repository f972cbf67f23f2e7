//! The weaknesses of servers from the npm registry, when they are started as their documentation says.
//!
//! `cargo xtask targets` installs them and runs these tests. Other runs skip them with a message, because they need many
//! packages.

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

/// Pages of any origin can read and write, the signing key is in the published source, and without rules no token is needed.
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
    // The owner of one note can list all of them, a missing item is a server error, and PUT checks only the owner in the
    // new body.
    let guarded = verify(&services[1], "", "json-server-auth.toml").await;
    let expected = [
        &["cors-foreign-origin", "tokens-published-key", "isolation-list", "isolation-update"][..],
        &of_server,
        &["errors-server-error"],
    ];
    assert_found(&guarded, &expected);
}

/// Everyone can read and write an object that has no access control list.
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
