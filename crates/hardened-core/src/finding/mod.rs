//! Findings: a rule that does not hold, its subject, and the message about it.

mod host;
mod message;
mod subject;
mod violation;

pub use self::{
    host::Host,
    message::{Message, Name, Part},
    subject::Subject,
    violation::{Verdict, Violation},
};
use crate::{
    provenance::Provenance,
    rule::{Level, Rule},
};

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Information only.
    Note,
    /// The service starts anyway.
    Warning,
    /// The service does not start.
    Error,
}

impl Severity {
    /// Returns the severity for a rule's level; `None` if the rule is off.
    #[must_use]
    pub const fn of(level: Level) -> Option<Self> {
        match level {
            Level::Refuse => Some(Self::Error),
            Level::Warn => Some(Self::Warning),
            Level::Note => Some(Self::Note),
            Level::Off => None,
        }
    }

    /// Returns the name in machine output: `note`, `warning` or `error`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One rule that did not hold for one subject: an error, a warning or a note.
///
/// It contains no value that was read from a source: see [`Message`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub(crate) rule: Rule,
    pub(crate) severity: Severity,
    pub(crate) subject: Name,
    pub(crate) field: String,
    pub(crate) message: Message,
    pub(crate) remedy: Message,
    pub(crate) provenance: Option<Provenance>,
}

impl Finding {
    /// Creates a finding; its remedy is that of the violation, else that of the rule.
    pub(crate) fn new(
        severity: Severity,
        subject: Subject,
        violation: Violation,
        provenance: Option<Provenance>,
    ) -> Self {
        let rule = violation.rule;
        Self {
            rule,
            severity,
            subject: subject.name,
            field: subject.field,
            message: violation.message,
            remedy: violation.remedy.or_else(|| rule.remedy().map(Message::from)).unwrap_or_default(),
            provenance,
        }
    }

    /// Returns the rule that did not hold.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// Returns the code of the rule.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.rule.code()
    }

    /// Returns how serious the finding is in the tier of this run.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Returns the subject of the finding: for a setting, its variable.
    #[must_use]
    pub fn subject(&self) -> &str {
        self.subject.as_str()
    }

    /// Returns the path of the field in the service's struct, such as `jwt.secret_key`; empty if there is none.
    #[must_use]
    pub fn field(&self) -> &str {
        &self.field
    }

    /// Returns the kind of problem and the fact: `weak: 5 bytes; must be at least 32`.
    #[must_use]
    pub fn message(&self) -> String {
        self.message.sentence(self.rule.word())
    }

    /// Returns the fix; empty if there is nothing to do.
    #[must_use]
    pub fn remedy(&self) -> String {
        self.remedy.to_string()
    }

    /// Returns the source of the value, if there was a value.
    #[must_use]
    pub fn provenance(&self) -> Option<&Provenance> {
        self.provenance.as_ref()
    }
}

/// Proof that a finding of severity error is in the report.
///
/// Only reporting an error creates one, so code cannot refuse to start without a reason in the report.
#[derive(Debug)]
pub struct Reported(());

impl Reported {
    /// Creates the proof. Only the journal, which adds errors to the report, may call this.
    pub(crate) fn an_error_was_recorded() -> Self {
        Self(())
    }
}
