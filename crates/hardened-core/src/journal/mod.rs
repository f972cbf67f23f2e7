//! The journal of one run: its findings and the waivers that were used.

mod findings;
mod waiver;

use self::findings::Findings;
pub use self::waiver::{Reason, Waiver, Waivers};
use crate::{
    finding::Violation,
    finding::{Finding, Message, Name, Reported, Severity, Subject},
    message,
    provenance::Provenance,
    report::{Report, Waived},
    rule::{self, Level, Rule},
    tier::Tier,
};

/// Collects the findings of one run and applies the levels of the run's tier. It knows nothing about sources.
///
/// ```
/// use hardened_core::{finding::Violation, journal::Journal, rule, tier::Tier};
///
/// let mut journal = Journal::new(Tier::Production);
/// let violation = Violation::new(rule::SETTING_MALFORMED, "a whole number from 1 to 65535");
/// assert!(journal.check("PORT".into(), violation, None).is_err());
/// assert!(journal.finish().refuses("setting-malformed", "PORT"));
/// ```
#[derive(Debug)]
pub struct Journal {
    tier: Tier,
    evidence: Vec<String>,
    waivers: Waivers,
    /// Waivers that a part of the service declares itself and that were used.
    accepted: Vec<Waived>,
    findings: Findings,
    hints: Vec<Message>,
}

impl Journal {
    /// Creates a journal for a tier.
    #[must_use]
    pub fn new(tier: Tier) -> Self {
        Self {
            tier,
            evidence: Vec::new(),
            waivers: Waivers::default(),
            accepted: Vec::new(),
            findings: Findings::default(),
            hints: Vec::new(),
        }
    }

    /// Sets the reasons for the tier, with the deciding one first.
    #[must_use]
    pub fn with_evidence(mut self, evidence: Vec<String>) -> Self {
        self.evidence = evidence;
        self
    }

    /// Sets the waivers. A mistake in a waiver itself is reported as `waiver-invalid`.
    #[must_use]
    pub fn with_waivers(mut self, waivers: Waivers) -> Self {
        let mistakes = waivers.mistakes();
        self.waivers = waivers;
        for (subject, rule, mistake) in mistakes {
            let fact = message!("the waiver of ", rule.code(), mistake);
            self.report(subject.into(), Violation::new(rule::WAIVER_INVALID, fact));
        }
        self
    }

    /// Returns the tier of this run.
    #[must_use]
    pub fn tier(&self) -> Tier {
        self.tier
    }

    /// Returns whether an error was reported.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        self.findings.has_error()
    }

    /// Returns `Ok` if no error was reported so far.
    ///
    /// # Errors
    ///
    /// When an error was reported.
    pub fn outcome(&self) -> Result<(), Reported> {
        if self.is_refusal() { Err(Reported::an_error_was_recorded()) } else { Ok(()) }
    }

    /// Returns whether the code declares any waiver.
    #[must_use]
    pub fn has_waivers(&self) -> bool {
        !self.waivers.is_empty()
    }

    /// Returns whether an error is about the field at this path or about a group that contains it. The value of such a field
    /// must not be shown.
    #[must_use]
    pub fn rejects(&self, path: &str) -> bool {
        self.findings.rejects(path)
    }

    /// Returns whether the code declares a waiver for this name.
    #[must_use]
    pub fn has_waiver_for(&self, name: &str) -> bool {
        self.waivers.names(name)
    }

    /// Reports a rule that does not hold, and continues even if it is an error.
    pub fn report(&mut self, subject: Subject, violation: Violation) {
        self.report_from(subject, violation, None);
    }

    /// Reports a rule that does not hold for a value from this source, and continues even if it is an error.
    pub fn report_from(&mut self, subject: Subject, violation: Violation, provenance: Option<Provenance>) {
        // The caller continues in any case; an error is in the report.
        let _ = self.check(subject, violation, provenance);
    }

    /// Reports a rule that does not hold. The severity depends on the tier; a waiver suppresses a warning or an error.
    ///
    /// # Errors
    ///
    /// When the finding is an error, so that the service must not start.
    pub fn check(
        &mut self,
        subject: Subject,
        violation: Violation,
        provenance: Option<Provenance>,
    ) -> Result<(), Reported> {
        let rule = violation.rule();
        let Some(severity) = Severity::of(rule.level(self.tier)) else { return Ok(()) };
        if severity > Severity::Note && self.waivers.accept(rule, &subject.name, violation.host(), self.tier) {
            return Ok(());
        }
        self.record(severity, subject, violation, provenance);
        if severity == Severity::Error { Err(Reported::an_error_was_recorded()) } else { Ok(()) }
    }

    /// Reports an error that neither the tier nor a waiver can relax.
    pub fn refuse(&mut self, subject: Subject, violation: Violation, provenance: Option<Provenance>) -> Reported {
        self.record(Severity::Error, subject, violation, provenance);
        Reported::an_error_was_recorded()
    }

    /// Returns whether a rule applies in this tier and is not waived for the subject. The call counts as a use of the waiver.
    pub fn binds(&mut self, rule: Rule, subject: &Name) -> bool {
        rule.level(self.tier) != Level::Off && !self.waivers.accept(rule, subject, None, self.tier)
    }

    /// Records that a subject was judged, so that an unneeded waiver for it can be reported.
    pub fn judged(&mut self, subject: &Name) {
        self.waivers.judged(subject);
    }

    /// Adds a waiver that a part of the service declares itself and that was used.
    pub fn accept(&mut self, waived: Waived) {
        self.accepted.push(waived);
    }

    /// Adds a hint to the end of the report.
    pub fn hint(&mut self, hint: Message) {
        self.hints.push(hint);
    }

    /// Returns the report: errors first, otherwise in the order in which they were found.
    #[must_use]
    pub fn finish(mut self) -> Report {
        for (rule, subject) in self.waivers.unused(self.tier) {
            let fact = message!("the waiver of ", rule.code(), " is not needed");
            self.report(subject.into(), Violation::new(rule::WAIVER_UNUSED, fact));
        }
        let (findings, omitted) = self.findings.sorted();
        Report {
            tier: self.tier,
            evidence: self.evidence,
            findings,
            omitted,
            waivers: self.waivers.into_report().into_iter().chain(self.accepted).collect(),
            hints: self.hints,
        }
    }

    fn record(&mut self, severity: Severity, subject: Subject, violation: Violation, provenance: Option<Provenance>) {
        self.findings.push(Finding::new(severity, subject, violation, provenance));
    }
}

#[cfg(test)]
mod tests;
