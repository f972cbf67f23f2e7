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
/// Its `Display` is the text for the operator.
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

    /// Returns why it is this tier, with the deciding reason first.
    #[must_use]
    pub fn evidence(&self) -> &[String] {
        &self.evidence
    }

    /// Returns the findings: errors first, otherwise in the order of the declaration. Of one rule and severity there
    /// are at most a hundred; [`count`](Self::count) counts the others too.
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

    /// Returns whether there is a finding with this code about this subject.
    #[must_use]
    pub fn has(&self, code: &str, subject: &str) -> bool {
        self.findings.iter().any(|finding| finding.code() == code && finding.subject() == subject)
    }

    /// Returns whether the start is refused because of this rule and subject.
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

/// How many findings of one rule and severity a report leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Omitted {
    pub(crate) rule: Rule,
    pub(crate) severity: Severity,
    pub(crate) count: usize,
}

/// A waiver, as the report shows it.
#[derive(Debug, Clone)]
pub struct Waived {
    pub(crate) rule: Rule,
    pub(crate) subject: Name,
    pub(crate) reason: &'static str,
    pub(crate) used: bool,
}

impl Waived {
    /// Creates a waiver, as the report shows it.
    #[must_use]
    pub const fn new(rule: Rule, subject: Name, reason: &'static str, used: bool) -> Self {
        Self { rule, subject, reason, used }
    }

    /// Returns the rule that the waiver relaxes.
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
