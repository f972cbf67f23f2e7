//! Tests that the evidence in `audit/` is what a verification shows today.
//!
//! The command in `examples/taskflow/README.md` rewrites it.

use std::{env, fs, path::PathBuf};

use hardened_audit::{Audit, Decision};
use hardened_core::verification::Verification;
use hardened_verify::{Family, rule};

use super::{Target, manifest};

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("audit").join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(file(name)).unwrap_or_default()
}

fn is_updated() -> bool {
    env::var_os("UPDATE_EVIDENCE").is_some()
}

/// Returns what is the same in every run, without times, identifiers, and random paths and texts.
fn lasting(verification: &Verification) -> Vec<String> {
    let outcomes = verification.outcomes.iter();
    let line = |it: &hardened_core::verification::Outcome| {
        format!("{} {} {} {}", it.check, it.case.as_deref().unwrap_or_default(), it.rule, it.verdict.name())
    };
    outcomes.map(line).collect()
}

fn decisions() -> Vec<Decision> {
    Decision::read_all(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/adr")).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_evidence_of_an_auditor_is_that_of_today() {
    let target = Target::start().await;
    let today = target.verify(target.router.clone(), false).await.document();
    if is_updated() {
        fs::write(file("verification.json"), today.to_json()).unwrap();
    }
    let committed = Verification::parse(&read("verification.json")).unwrap();
    assert_eq!(lasting(&today), lasting(&committed), "write it anew: see the first lines of this file");
    the_report_is_made_of(committed);
}

/// Asserts that the report is made from the other documents, and has no findings.
fn the_report_is_made_of(verification: Verification) {
    let audit = Audit::new().manifest(manifest()).verification(verification).decisions(decisions());
    let checks = Family::ALL.iter().flat_map(|family| family.checks()).map(|check| check.id());
    let report = audit.rules([hardened::rule::ALL, rule::ALL].concat()).checks(checks).report();
    for (name, text) in [("report.json", report.to_json()), ("REPORT.md", report.markdown())] {
        if is_updated() {
            fs::write(file(name), &text).unwrap();
        }
        let committed = read(name);
        let differs = committed.lines().zip(text.lines()).find(|(before, after)| before != after);
        assert_eq!(differs, None, "{name}: write it anew, see the first lines of this file");
        assert_eq!(committed.len(), text.len(), "{name}: write it anew, see the first lines of this file");
    }
    let wrong = report.findings.iter().filter(|finding| finding.severity != "note");
    assert_eq!(wrong.map(|finding| finding.fact.as_str()).collect::<Vec<_>>(), Vec::<&str>::new());
}
