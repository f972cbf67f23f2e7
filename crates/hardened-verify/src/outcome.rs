//! How a check ended.

use std::fmt;

use hardened_core::{finding::Severity, tier::Tier, verification::Exchange};

use crate::{check::Check, control::Control, evidence::shown};

/// How one check ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    check: &'static Check,
    case: Option<String>,
    verdict: Verdict,
}

/// The verdict on one check. Only a check itself makes a *pass*, and a negative check only with its control.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// It holds, and this shows it.
    Pass(Pass),
    /// It does not hold.
    Fail {
        /// What was seen instead.
        fact: Fact,
        /// The exchanges that show it.
        evidence: Vec<Exchange>,
    },
    /// Nothing was shown.
    Inconclusive {
        /// Why.
        reason: String,
        /// The exchanges, where there are any.
        evidence: Vec<Exchange>,
    },
    /// It was not asked.
    Skipped {
        /// Why.
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
    /// Returns the exchanges that show it.
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
    /// A *pass*. Without any evidence it is none.
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

    /// Says which of several cases of the check it is.
    pub(crate) fn case(mut self, case: impl Into<String>) -> Self {
        self.case = Some(case.into());
        self
    }

    /// Returns the check.
    #[must_use]
    pub fn check(&self) -> &'static Check {
        self.check
    }

    /// Returns which case of the check it is, where there are several: an origin, a path, a forgery.
    #[must_use]
    pub fn which(&self) -> Option<&str> {
        self.case.as_deref()
    }

    /// Returns the verdict.
    #[must_use]
    pub fn verdict(&self) -> &Verdict {
        &self.verdict
    }

    /// Returns how severe a failure is in a tier; none for every other verdict, and where the rule does not bind.
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

/// What was seen, in the words of this crate; text of the target is in it only escaped and cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact(String);

impl Fact {
    pub(crate) fn new(text: &'static str) -> Self {
        Self(text.to_owned())
    }

    /// Adds words of this crate.
    pub(crate) fn with(mut self, text: impl fmt::Display) -> Self {
        self.0.push_str(&text.to_string());
        self
    }

    /// Adds text of the target.
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
