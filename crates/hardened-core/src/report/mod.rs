//! The findings of one run, rendered for people and for machines.

mod json;
mod text;

use crate::{
    finding::{Finding, Message, Name, Severity},
    rule::Rule,
    tier::Tier,
};

/// The findings of one run, with the tier they were judged in.
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
    /// The tier that everything was judged in.
    #[must_use]
    pub fn tier(&self) -> Tier {
        self.tier
    }

    /// Why it is this tier, the deciding reason first.
    #[must_use]
    pub fn evidence(&self) -> &[String] {
        &self.evidence
    }

    /// The findings: errors first, otherwise in the order of the declaration. Of one rule and severity there are at
    /// most a hundred; [`count`](Self::count) counts the others too.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The waivers that the service declares, used or not.
    #[must_use]
    pub fn waivers(&self) -> &[Waived] {
        &self.waivers
    }

    /// Whether the service must not start.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Whether there is a finding with this code about this subject.
    #[must_use]
    pub fn has(&self, code: &str, subject: &str) -> bool {
        self.findings.iter().any(|finding| finding.code() == code && finding.subject() == subject)
    }

    /// Whether the start is refused for this rule and this subject.
    #[must_use]
    pub fn refuses(&self, code: &str, subject: &str) -> bool {
        let is_it = |finding: &Finding| finding.code() == code && finding.subject() == subject;
        self.findings.iter().any(|finding| is_it(finding) && finding.severity() == Severity::Error)
    }

    /// How many findings have a severity.
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

/// An accepted danger, as the report shows it.
#[derive(Debug, Clone)]
pub struct Waived {
    pub(crate) rule: Rule,
    pub(crate) subject: Name,
    pub(crate) reason: &'static str,
    pub(crate) used: bool,
}

impl Waived {
    /// An accepted danger.
    #[must_use]
    pub const fn new(rule: Rule, subject: Name, reason: &'static str, used: bool) -> Self {
        Self { rule, subject, reason, used }
    }

    /// The rule that need not hold.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// For what it need not hold.
    #[must_use]
    pub fn subject(&self) -> &str {
        self.subject.as_str()
    }

    /// Why.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        self.reason
    }

    /// Whether the rule did not hold, so that the waiver was needed.
    #[must_use]
    pub fn is_used(&self) -> bool {
        self.used
    }
}
