//! The cryptographic provider is tested when a service starts. It is global to a process, so each case is a child process.

use std::{
    process::Command,
    sync::atomic::{AtomicUsize, Ordering},
};

use hardened::{Environment, Jwt, Loader};
use jsonwebtoken::{
    Algorithm::HS512,
    crypto::{CryptoProvider, KeyUtils, aws_lc},
};
use serde_json::{Value, json};

use super::token::KEY;

/// The provider that the crate falls back to if two are linked and none is installed.
static PANICKING: CryptoProvider = CryptoProvider {
    signer_factory: |_, _| panic!("no provider"),
    verifier_factory: |_, _| panic!("no provider"),
    key_utils: KeyUtils::new_unimplemented(),
};

/// A provider that signs with another algorithm than the requested one.
static WRONG: CryptoProvider = CryptoProvider {
    signer_factory: |_, key| (aws_lc::DEFAULT_PROVIDER.signer_factory)(&HS512, key),
    verifier_factory: |_, key| (aws_lc::DEFAULT_PROVIDER.verifier_factory)(&HS512, key),
    key_utils: KeyUtils::new_unimplemented(),
};

/// A provider that the service installs itself, and that counts its signers.
static OWN: CryptoProvider = CryptoProvider {
    signer_factory: |algorithm, key| {
        SIGNERS.fetch_add(1, Ordering::SeqCst);
        (aws_lc::DEFAULT_PROVIDER.signer_factory)(algorithm, key)
    },
    verifier_factory: |algorithm, key| (aws_lc::DEFAULT_PROVIDER.verifier_factory)(algorithm, key),
    key_utils: KeyUtils::new_unimplemented(),
};

static SIGNERS: AtomicUsize = AtomicUsize::new(0);

/// The variable that tells the child process which provider to install first.
const CHILD: &str = "HARDENED_TEST_CHILD_PROVIDER";

/// Returns the outcome of a service that installs this provider before it loads.
fn started_with(provider: &str) -> String {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["provider::a_service_whose_cryptography_does_not_work_does_not_start", "--exact", "--nocapture"])
        .env(CHILD, provider)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    said.lines().find_map(|line| line.strip_prefix("child: ")).unwrap_or(&said).to_owned()
}

/// Runs in the child process.
#[expect(clippy::print_stdout, reason = "the parent reads it")]
fn child(provider: &str) {
    match provider {
        "panicking" => PANICKING.install_default().unwrap(),
        "wrong" => WRONG.install_default().unwrap(),
        "own" => OWN.install_default().unwrap(),
        _ => {}
    }
    println!("\nchild: {}", outcome());
}

fn outcome() -> String {
    let environment = Environment::empty().set("JWT_SECRET_KEY", KEY);
    let jwt = match Loader::new().environment(environment).load::<Jwt>() {
        Ok(jwt) => jwt,
        Err(refusal) => {
            let findings = refusal.report().findings();
            return findings.iter().map(|finding| format!("{} {}", finding.code(), finding.subject())).collect();
        }
    };
    let proofs = SIGNERS.load(Ordering::SeqCst);
    let token = jwt.signer().sign(&json!({"sub": "alice"})).unwrap();
    let claims: Value = jwt.verifier().verify(&token).unwrap();
    format!("{} after {proofs} proofs", claims["sub"])
}

#[test]
fn a_service_whose_cryptography_does_not_work_does_not_start() {
    if let Ok(provider) = std::env::var(CHILD) {
        return child(&provider);
    }
    for provider in ["panicking", "wrong"] {
        assert_eq!(started_with(provider), "jwt-provider JWT_ALGORITHM", "{provider}");
    }
}

#[test]
fn a_provider_that_the_service_installs_is_kept_and_tested_with_every_algorithm() {
    assert_eq!(started_with("own"), "\"alice\" after 3 proofs");
}

#[test]
fn a_service_that_installs_no_provider_signs_and_verifies() {
    assert_eq!(started_with("none"), "\"alice\" after 0 proofs");
}
