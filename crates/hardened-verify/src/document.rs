//! Converts the result of a run into the document that other commands read.

use std::fmt;

use hardened_core::{
    document::Version,
    finding::Severity,
    tier::Tier,
    verification::{
        Control, Outcome as Entry, Performed, RequestCount, SeverityWord, Summary, Target, Tool, VerdictWord,
        Verification as Document,
    },
};

use crate::{
    outcome::{Outcome, Verdict},
    verification::Verification,
};

/// Writes the human-readable report, without colour.
impl fmt::Display for Verification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.document().fmt(f)
    }
}

impl Verification {
    /// Returns the document that `hardened audit` reads, and from which every output format is made.
    #[must_use]
    pub fn document(&self) -> Document {
        let count = |verdict| self.count(verdict) as u64;
        Document {
            schema_version: Version,
            tool: Tool { name: "hardened-verify".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
            target: Target {
                url: self.target.clone(),
                tier: self.tier,
                service: self.service.clone(),
                version: self.version.clone(),
            },
            run: Performed {
                started: humantime::format_rfc3339_seconds(self.started).to_string(),
                took_ms: u64::try_from(self.took.as_millis()).unwrap_or(u64::MAX),
                requests: self.requests(),
                remarks: self.remarks.clone(),
            },
            summary: Summary {
                pass: count("pass"),
                fail: count("fail"),
                inconclusive: count("inconclusive"),
                skipped: count("skipped"),
            },
            outcomes: self.outcomes.iter().map(|outcome| entry(outcome, self.tier)).collect(),
            left_behind: self.left_behind.clone(),
        }
    }

    fn requests(&self) -> Vec<RequestCount> {
        let counts = self.sent.iter();
        counts.map(|(family, count)| RequestCount { family: family.to_string(), count: u64::from(*count) }).collect()
    }
}

fn entry(outcome: &Outcome, tier: Tier) -> Entry {
    let (check, verdict) = (outcome.check(), outcome.verdict());
    Entry {
        check: check.id().to_owned(),
        family: check.family().to_string(),
        case: outcome.which().map(str::to_owned),
        rule: check.rule().code().to_owned(),
        claim: check.claim().to_owned(),
        verdict: word(verdict),
        severity: outcome.severity(tier).map(severity),
        reason: Some(verdict.reason().to_owned()).filter(|reason| !reason.is_empty()),
        why: check.rule().why().to_owned(),
        remedy: check.rule().remedy().map(str::to_owned),
        evidence: verdict.evidence().to_vec(),
        control: control(verdict),
    }
}

fn word(verdict: &Verdict) -> VerdictWord {
    match verdict {
        Verdict::Pass(_) => VerdictWord::Pass,
        Verdict::Fail { .. } => VerdictWord::Fail,
        Verdict::Inconclusive { .. } => VerdictWord::Inconclusive,
        Verdict::Skipped { .. } => VerdictWord::Skipped,
    }
}

fn severity(severity: Severity) -> SeverityWord {
    match severity {
        Severity::Note => SeverityWord::Note,
        Severity::Warning => SeverityWord::Warning,
        Severity::Error => SeverityWord::Error,
    }
}

fn control(verdict: &Verdict) -> Option<Control> {
    let Verdict::Pass(pass) = verdict else { return None };
    let control = pass.control()?;
    Some(Control { before: control.before().clone(), after: control.after().clone() })
}
