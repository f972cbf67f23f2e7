//! The cryptography is proven when the service starts. It belongs to a whole process, so each case is a child process.

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

/// What the crate itself falls back to when two are linked and none is installed.
static PANICKING: CryptoProvider = CryptoProvider {
    signer_factory: |_, _| panic!("no provider"),
    verifier_factory: |_, _| panic!("no provider"),
    key_utils: KeyUtils::new_unimplemented(),
};

/// Signs by another algorithm than it is asked for.
static WRONG: CryptoProvider = CryptoProvider {
    signer_factory: |_, key| (aws_lc::DEFAULT_PROVIDER.signer_factory)(&HS512, key),
    verifier_factory: |_, key| (aws_lc::DEFAULT_PROVIDER.verifier_factory)(&HS512, key),
    key_utils: KeyUtils::new_unimplemented(),
};

/// The service's own choice, which counts.
static OWN: CryptoProvider = CryptoProvider {
    signer_factory: |algorithm, key| {
        SIGNERS.fetch_add(1, Ordering::SeqCst);
        (aws_lc::DEFAULT_PROVIDER.signer_factory)(algorithm, key)
    },
    verifier_factory: |algorithm, key| (aws_lc::DEFAULT_PROVIDER.verifier_factory)(algorithm, key),
    key_utils: KeyUtils::new_unimplemented(),
};

static SIGNERS: AtomicUsize = AtomicUsize::new(0);

/// Tells the child what to install first.
const CHILD: &str = "HARDENED_TEST_CHILD_PROVIDER";

/// What becomes of a service that installs this before it loads.
fn started_with(provider: &str) -> String {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["provider::a_service_whose_cryptography_does_not_work_does_not_start", "--exact", "--nocapture"])
        .env(CHILD, provider)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    said.lines().find_map(|line| line.strip_prefix("child: ")).unwrap_or(&said).to_owned()
}

/// What the test does in the child.
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
fn the_services_own_choice_stands_and_is_proven_with_every_algorithm() {
    assert_eq!(started_with("own"), "\"alice\" after 3 proofs");
}

#[test]
fn without_a_choice_of_its_own_a_service_signs_and_verifies() {
    assert_eq!(started_with("none"), "\"alice\" after 0 proofs");
}
