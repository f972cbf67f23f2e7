//! What a report says about the promises of a manifest.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use hardened_audit::{Audit, report::Standing};
use hardened_core::{manifest::Manifest, verification::Verification};
use hardened_verify::Family;

fn manifest() -> Manifest {
    Manifest::parse(include_str!("../../../examples/taskflow/audit/manifest.json")).unwrap()
}

fn verification() -> Verification {
    Verification::parse(include_str!("../../../examples/taskflow/audit/verification.json")).unwrap()
}

#[test]
fn every_check_of_a_promise_exists() {
    let known: Vec<_> = Family::ALL.iter().flat_map(|family| family.checks()).map(|check| check.id()).collect();
    let report = Audit::new().manifest(manifest()).report();
    let unknown: Vec<_> =
        report.promises.iter().flat_map(|it| &it.checks).filter(|check| !known.contains(&check.as_str())).collect();
    assert!(!report.promises.is_empty() && unknown.is_empty(), "{unknown:?}");
}

#[test]
fn a_promise_is_confirmed_only_if_all_of_its_checks_passed() {
    let seen = |verification: Verification| {
        let report = Audit::new().manifest(manifest()).verification(verification).report();
        report.promises.iter().find(|it| it.text.starts_with("/health checks the database")).unwrap().seen
    };
    assert_eq!(seen(verification()), Standing::Held);
    let mut in_part = verification();
    in_part.outcomes.retain(|outcome| outcome.check != "health-honest");
    assert_eq!(seen(in_part), Standing::InPart);
}
