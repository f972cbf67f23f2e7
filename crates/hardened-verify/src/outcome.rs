//! The outcomes of checks.

use std::fmt;

use hardened_core::{finding::Severity, tier::Tier, verification::Exchange};

use crate::{check::Check, control::Control, evidence::shown};

/// The outcome of one check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    check: &'static Check,
    case: Option<String>,
    verdict: Verdict,
}

/// The verdict on one check. Only a check itself can create a *pass*, and a negative check needs its control.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// The check passed, with evidence.
    Pass(Pass),
    /// The check failed.
    Fail {
        /// What was seen instead.
        fact: Fact,
        /// The exchanges that show it.
        evidence: Vec<Exchange>,
    },
    /// The run could not show whether the check passes.
    Inconclusive {
        /// The reason.
        reason: String,
        /// The exchanges, if there are any.
        evidence: Vec<Exchange>,
    },
    /// The check was not run.
    Skipped {
        /// The reason.
        reason: String,
    },
}

/// The evidence of a *pass*.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pass {
    evidence: Vec<Exchange>,
    control: Option<Box<Control>>,
}

impl Pass {
    /// Returns the exchanges that show that the check passes.
    #[must_use]
    pub fn evidence(&self) -> &[Exchange] {
        &self.evidence
    }

    /// Returns the control, for a check that something is refused or absent.
    #[must_use]
    pub fn control(&self) -> Option<&Control> {
        self.control.as_deref()
    }
}

impl Verdict {
    /// Creates a *pass*, or an inconclusive verdict if there is no evidence.
    pub(crate) fn pass(evidence: Vec<Exchange>, control: Option<&Control>) -> Self {
        if evidence.is_empty() {
            return Self::Inconclusive { reason: "nothing was seen".to_owned(), evidence };
        }
        Self::Pass(Pass { evidence, control: control.cloned().map(Box::new) })
    }

    /// Returns the name: `pass`, `fail`, `inconclusive` or `skipped`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Pass(_) => "pass",
            Self::Fail { .. } => "fail",
            Self::Inconclusive { .. } => "inconclusive",
            Self::Skipped { .. } => "skipped",
        }
    }

    /// Returns the fact or the reason; empty for a *pass*.
    #[must_use]
    pub fn reason(&self) -> &str {
        match self {
            Self::Pass(_) => "",
            Self::Fail { fact, .. } => &fact.0,
            Self::Inconclusive { reason, .. } | Self::Skipped { reason } => reason,
        }
    }

    /// Returns the exchanges behind the verdict.
    #[must_use]
    pub fn evidence(&self) -> &[Exchange] {
        match self {
            Self::Pass(pass) => &pass.evidence,
            Self::Fail { evidence, .. } | Self::Inconclusive { evidence, .. } => evidence,
            Self::Skipped { .. } => &[],
        }
    }
}

impl Outcome {
    pub(crate) fn new(check: &'static Check, verdict: Verdict) -> Self {
        Self { check, case: None, verdict }
    }

    /// Names the case, for a check with several cases.
    pub(crate) fn case(mut self, case: impl Into<String>) -> Self {
        self.case = Some(case.into());
        self
    }

    /// Returns the check.
    #[must_use]
    pub fn check(&self) -> &'static Check {
        self.check
    }

    /// Returns the case, such as an origin, a path or a forgery, if the check has several.
    #[must_use]
    pub fn which(&self) -> Option<&str> {
        self.case.as_deref()
    }

    /// Returns the verdict.
    #[must_use]
    pub fn verdict(&self) -> &Verdict {
        &self.verdict
    }

    /// Returns how severe a failure is in a tier; `None` for any other verdict, and if the rule does not apply in this tier.
    #[must_use]
    pub fn severity(&self, tier: Tier) -> Option<Severity> {
        matches!(self.verdict, Verdict::Fail { .. }).then(|| Severity::of(self.check.rule.level(tier))).flatten()
    }
}

/// Writes one line: `fail  docs-hidden  /docs: answered with 200`.
impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<12}  {}", self.verdict.name(), self.check.id)?;
        if let Some(case) = &self.case {
            write!(f, "  {case}")?;
        }
        match self.verdict.reason() {
            "" => Ok(()),
            reason => write!(f, ": {reason}"),
        }
    }
}

/// A description of what was seen. It quotes the target only in escaped and shortened form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact(String);

impl Fact {
    pub(crate) fn new(text: &'static str) -> Self {
        Self(text.to_owned())
    }

    /// Adds text of this crate.
    pub(crate) fn with(mut self, text: impl fmt::Display) -> Self {
        self.0.push_str(&text.to_string());
        self
    }

    /// Adds text of the target, escaped and shortened.
    pub(crate) fn quoting(mut self, text: &str) -> Self {
        self.0.push('`');
        self.0.push_str(&shown(text.as_bytes()));
        self.0.push('`');
        self
    }
}

impl From<&'static str> for Fact {
    fn from(text: &'static str) -> Self {
        Self::new(text)
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
