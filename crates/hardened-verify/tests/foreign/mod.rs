//! Services in other languages and frameworks: FastAPI with bearer tokens, Express with cookies. Each is verified when it
//! is healthy and with one weakness at a time.
//!
//! `cargo xtask readers` installs them below the target directory. Without them, the tests are skipped with a message; in CI
//! they fail.

mod program;
mod registry;

use std::{fs, time::Duration};

use futures_util::future::join_all;
use hardened_verify::{Builder, Family, OpenApi, Profile, Verification, Verifier};

use self::program::{Program, Service, Started};
use crate::common::{assert_healthy, verdict};

/// A weakness, with the check that finds it, followed by others that may fail because of it.
type Row = (&'static str, &'static [&'static str]);

/// The key that signs the tokens of the service.
const KEY: &str = "qV7nW2xT9kR4mZ8pL3sD6fH1jC5vB0yG7uN4eA2wQ9tX";

const FASTAPI: &[Row] = &[
    (
        "signature",
        &[
            "tokens-tampered",
            // Without signature verification, PyJWT does not verify these claims either unless it is told to.
            "tokens-not-yet-valid",
            "tokens-issuer",
            "tokens-audience",
        ],
    ),
    ("expiry", &["tokens-expired", "tokens-duplicate-claim"]),
    ("audience", &["tokens-audience"]),
    ("tutorial-key", &["tokens-published-key"]),
    ("lifetime", &["tokens-lifetime"]),
    ("read", &["isolation-read", "isolation-existence"]),
    ("list", &["isolation-list", "isolation-search"]),
    ("change", &["isolation-update", "isolation-existence"]),
    ("remove", &["isolation-delete", "isolation-existence"]),
    ("every-origin", &["cors-foreign-origin", "cors-any-credentials", "cors-credentials"]),
    ("pattern", &["cors-foreign-origin"]),
    ("documentation", &["docs-hidden"]),
    ("debug", &["errors-stack-trace", "errors-server-error"]),
    ("health", &["health-honest", "health-works"]),
    ("headers", &["headers-nosniff", "headers-cache", "health-no-store"]),
];

const EXPRESS: &[Row] = &[
    ("every-origin", &["cors-foreign-origin", "cors-any-credentials", "cors-credentials"]),
    ("ends-alike", &["cors-foreign-origin"]),
    ("null-origin", &["cors-foreign-origin"]),
    ("cookie-for-scripts", &["cookies-http-only"]),
    ("cookie-in-clear", &["cookies-secure"]),
    ("cookie-for-sites", &["cookies-same-site"]),
    ("trace", &["errors-stack-trace"]),
    ("headers", &["headers-software", "headers-nosniff"]),
    ("read", &["isolation-read", "isolation-existence"]),
    ("change", &["isolation-update", "isolation-existence"]),
    ("remove", &["isolation-delete", "isolation-existence"]),
    ("existence", &["isolation-existence"]),
    ("owner", &["isolation-owner"]),
    ("search", &["isolation-search"]),
    ("health", &["health-honest", "health-works"]),
    ("files", &["exposure-secrets"]),
];

fn fastapi(service: &Service) -> Builder {
    let document = OpenApi::parse(&service.openapi, "openapi.json").unwrap();
    verifier(service, "fastapi.toml").openapi(document)
}

fn express(service: &Service) -> Builder {
    verifier(service, "express.toml")
}

fn verifier(service: &Service, profile: &str) -> Builder {
    let path = format!("{}/tests/foreign/{profile}", env!("CARGO_MANIFEST_DIR"));
    let profile = Profile::parse(&fs::read_to_string(&path).unwrap(), &path).unwrap();
    // Long enough for a busy machine.
    let time = Duration::from_secs(600);
    Verifier::builder(&service.url).unwrap().profile(profile).deadline(time).request_timeout(time)
}

/// Verifies a healthy service and one with each weakness.
async fn verify(start: fn(&[&str]) -> Started, prepare: impl Fn(&Service) -> Builder, rows: &[Row]) {
    let names: Vec<_> = ["healthy"].into_iter().chain(rows.iter().map(|(name, _)| *name)).collect();
    let Some((_program, services)) = start(&names) else { return };
    let of_row = rows.iter().map(|(_, expected)| families(expected[0]));
    let families = [Family::ALL.to_vec()].into_iter().chain(of_row);
    let verifiers =
        services.iter().zip(families).map(|(service, families)| prepare(service).only(&families).build().unwrap());
    let mut verified = join_all(verifiers.map(async |verifier| verifier.run().await)).await.into_iter();
    let healthy = verified.next().unwrap();
    assert_healthy(&healthy);
    for check in ["isolation-read", "isolation-delete", "tokens-missing", "cors-foreign-origin", "health-honest"] {
        assert!(verdict(&healthy, check).contains("pass"), "{check}: {healthy}");
    }
    assert!(healthy.left_behind().is_empty(), "{healthy}");
    let wrong: Vec<_> =
        rows.iter().zip(verified).filter_map(|(row, verification)| differs(row, &verification)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Returns the families to run where this check should fail. The token family is included only for its own checks, because
/// a debug build takes long to search the published keys.
fn families(check: &str) -> Vec<Family> {
    let is_run = |family: &&Family| **family != Family::Tokens || check.starts_with("tokens-");
    Family::ALL.iter().filter(is_run).copied().collect()
}

/// Describes how the failed checks differ from the expected ones.
fn differs((name, expected): &Row, verification: &Verification) -> Option<String> {
    let mut found: Vec<_> = verification.failures().map(|outcome| outcome.check().id()).collect();
    found.dedup();
    let is_found = found.contains(&expected[0]);
    let is_alone = found.iter().all(|id| expected.contains(id));
    (!is_found || !is_alone).then(|| format!("{name}: expected {expected:?}, found {found:?}: {verification}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_healthy_fastapi_service_is_distinguished_from_each_weak_one() {
    let prepare = |service: &Service| fastapi(service).signing_key(KEY);
    verify(|names| Program::of_python(names, KEY), prepare, FASTAPI).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_healthy_express_service_is_distinguished_from_each_weak_one() {
    verify(Program::of_node, express, EXPRESS).await;
}
