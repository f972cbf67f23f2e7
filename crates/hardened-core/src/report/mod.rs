//! The findings of one run, rendered for people and for machines.

mod json;
mod text;

pub use self::text::counted;

use crate::{
    finding::{Finding, Message, Name, Severity},
    rule::Rule,
    tier::Tier,
};

/// All findings of one run, with its tier.
///
/// Its `Display` output is the plain text for the operator.
#[derive(Debug, Clone)]
pub struct Report {
    pub(crate) tier: Tier,
    pub(crate) evidence: Vec<String>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) omitted: Vec<Omitted>,
    pub(crate) waivers: Vec<Waived>,
    pub(crate) hints: Vec<Message>,
}

impl Report {
    /// Returns the tier of the run.
    #[must_use]
    pub fn tier(&self) -> Tier {
        self.tier
    }

    /// Returns the reasons for the tier, with the deciding one first.
    #[must_use]
    pub fn evidence(&self) -> &[String] {
        &self.evidence
    }

    /// Returns the findings: errors first, otherwise in the order of declaration. There are at most a hundred for one rule and
    /// severity; [`count`](Self::count) includes the others.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Returns the waivers that the service declares, used or not.
    #[must_use]
    pub fn waivers(&self) -> &[Waived] {
        &self.waivers
    }

    /// Returns whether the service must not start.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Returns whether a finding has this code and this subject.
    #[must_use]
    pub fn has(&self, code: &str, subject: &str) -> bool {
        self.findings.iter().any(|finding| finding.code() == code && finding.subject() == subject)
    }

    /// Returns whether an error has this code and this subject.
    #[must_use]
    pub fn refuses(&self, code: &str, subject: &str) -> bool {
        let is_it = |finding: &Finding| finding.code() == code && finding.subject() == subject;
        self.findings.iter().any(|finding| is_it(finding) && finding.severity() == Severity::Error)
    }

    /// Returns the number of findings with a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        let shown = self.findings.iter().filter(|finding| finding.severity() == severity).count();
        let omitted = self.omitted.iter().filter(|kind| kind.severity == severity).map(|kind| kind.count);
        shown + omitted.sum::<usize>()
    }
}

/// The number of findings of one rule and severity that a report leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Omitted {
    pub(crate) rule: Rule,
    pub(crate) severity: Severity,
    pub(crate) count: usize,
}

/// A waiver in a report.
#[derive(Debug, Clone)]
pub struct Waived {
    pub(crate) rule: Rule,
    pub(crate) subject: Name,
    pub(crate) reason: &'static str,
    pub(crate) used: bool,
}

impl Waived {
    /// Creates the entry of a waiver in a report.
    #[must_use]
    pub const fn new(rule: Rule, subject: Name, reason: &'static str, used: bool) -> Self {
        Self { rule, subject, reason, used }
    }

    /// Returns the waived rule.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// Returns the setting or other subject that the waiver applies to.
    #[must_use]
    pub fn subject(&self) -> &str {
        self.subject.as_str()
    }

    /// Returns the reason for the waiver.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        self.reason
    }

    /// Returns whether the waiver was needed.
    #[must_use]
    pub fn is_used(&self) -> bool {
        self.used
    }
}
