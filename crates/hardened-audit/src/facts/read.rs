//! Reads the facts from each document.

use std::collections::BTreeMap;

use hardened_core::{
    manifest::{Manifest, RuleEntry, RuleOutcome},
    rule::Level,
    verification::{Outcome, VerdictWord, Verification},
};

use super::fact::{Fact, Kind};
use crate::{report::Standing, scan::ScanResult};

/// The code of the rule that the sources do not contain the value of a secret.
const VALUES: &str = "scan-value-found";

/// Returns what a manifest shows about every rule.
pub(super) fn manifest(manifest: &Manifest) -> Vec<(String, Fact)> {
    manifest.rules.iter().map(|rule| (rule.code.clone(), judged(rule))).collect()
}

/// Returns what a verification shows about every check, and about the rule of each check.
pub(super) fn verification(verification: &Verification) -> Vec<(String, Fact)> {
    let mut outcomes: BTreeMap<&String, Vec<&Outcome>> = BTreeMap::new();
    for outcome in &verification.outcomes {
        outcomes.entry(&outcome.check).or_default().push(outcome);
        outcomes.entry(&outcome.rule).or_default().push(outcome);
    }
    let when = &verification.run.started;
    outcomes.into_iter().map(|(code, outcomes)| (code.clone(), seen(code, &outcomes, when))).collect()
}

/// Returns what a scan shows about its rules: those that do not hold, and whether all values were searched and not found.
pub(super) fn scan(scan: &ScanResult) -> Vec<(String, Fact)> {
    let mut facts: Vec<(String, Fact)> = Vec::new();
    let mut codes: Vec<_> = scan.findings.iter().map(|found| &found.code).collect();
    codes.sort();
    codes.dedup();
    for code in codes {
        let places = scan.findings.iter().filter(|found| found.code == *code).map(|found| found.place.text.as_str());
        let evidence = format!("found: {}", places.collect::<Vec<_>>().join(", "));
        facts.push((code.clone(), of_sources(Standing::NotHeld, evidence)));
    }
    let (values, left) = (scan.searched.values, scan.not_searched.iter().filter(|it| it.value.is_some()).count());
    if values > 0 && !facts.iter().any(|(code, _)| code == VALUES) {
        let standing = if left == 0 { Standing::Held } else { Standing::InPart };
        let evidence = format!(
            "none of {values} values was found in {} files and {} Git objects; {left} more were not searched",
            scan.searched.files, scan.searched.objects
        );
        facts.push((VALUES.to_owned(), of_sources(standing, evidence)));
    }
    facts
}

fn of_sources(standing: Standing, evidence: String) -> Fact {
    Fact { kind: Kind::Sources, rule: None, level: None, standing, evidence: vec![evidence] }
}

/// Converts the entry of a rule in a manifest.
fn judged(rule: &RuleEntry) -> Fact {
    let (standing, evidence) = match (rule.outcome, rule.level) {
        (RuleOutcome::Held, _) => (Standing::Held, "held when the configuration was judged".to_owned()),
        (RuleOutcome::NotHeld, _) => (Standing::NotHeld, format!("did not hold for {}", rule.subjects.join(", "))),
        (_, Level::Off) => (Standing::NotShown, "does not bind in this tier".to_owned()),
        _ => (
            Standing::NotShown,
            "was not judged: the manifest was made without the secrets, or outside the running process".to_owned(),
        ),
    };
    Fact { kind: Kind::Configuration, rule: None, level: Some(rule.level), standing, evidence: vec![evidence] }
}

/// Combines the outcomes of one check, or of all checks of one rule.
fn seen(code: &str, outcomes: &[&Outcome], when: &str) -> Fact {
    // If the code is the check itself, only the case is named.
    let name = |outcome: &Outcome| match (outcome.check == code, &outcome.case) {
        (true, case) => case.clone().unwrap_or_default(),
        (false, None) => outcome.check.clone(),
        (false, Some(case)) => format!("{} ({case})", outcome.check),
    };
    let mut evidence = Vec::new();
    let passed: Vec<_> = outcomes.iter().filter(|it| it.verdict == VerdictWord::Pass).map(|it| name(it)).collect();
    if !passed.is_empty() {
        let cases = passed.iter().filter(|name| !name.is_empty()).cloned().collect::<Vec<_>>().join(", ");
        let cases = if cases.is_empty() { cases } else { format!(": {cases}") };
        evidence.push(format!("passed live at {when}{cases}"));
    }
    for outcome in outcomes.iter().filter(|it| it.verdict != VerdictWord::Pass) {
        let reason = outcome.reason.as_deref().unwrap_or_default();
        let name = name(outcome);
        let name = if name.is_empty() { name } else { format!(" ({name})") };
        evidence.push(match outcome.verdict {
            VerdictWord::Fail if outcome.severity.is_some() => format!("failed live at {when}{name}: {reason}"),
            VerdictWord::Fail => format!("does not bind in this tier{name}: {reason}"),
            VerdictWord::Skipped => format!("not tried{name}: {reason}"),
            _ => format!("inconclusive{name}: {reason}"),
        });
    }
    let failed = outcomes.iter().any(|it| it.verdict == VerdictWord::Fail && it.severity.is_some());
    let standing = match passed.len() {
        _ if failed => Standing::NotHeld,
        0 => Standing::NotShown,
        count if count == outcomes.len() => Standing::Held,
        _ => Standing::InPart,
    };
    let rule = outcomes.first().filter(|it| it.check == code).map(|it| it.rule.clone());
    Fact { kind: Kind::Behaviour, rule, level: None, standing, evidence }
}
