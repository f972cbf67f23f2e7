//! The result of one run.

use std::{
    collections::BTreeMap,
    time::{Duration, SystemTime},
};

use hardened_core::{finding::Severity, tier::Tier, verification::Left};

use crate::{
    check::Family,
    outcome::{Outcome, Verdict},
};

/// The result of one run against one target.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Verification {
    pub(crate) target: String,
    pub(crate) tier: Tier,
    /// The name of the service in the manifest.
    pub(crate) service: Option<String>,
    pub(crate) version: Option<String>,
    pub(crate) started: SystemTime,
    pub(crate) took: Duration,
    /// Remarks about the run that the reader must know.
    pub(crate) remarks: Vec<String>,
    pub(crate) left_behind: Vec<Left>,
    pub(crate) sent: BTreeMap<Family, u32>,
    pub(crate) outcomes: Vec<Outcome>,
}

impl Verification {
    /// Returns the base URL of the target.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    /// Returns the tier that the target was judged in.
    #[must_use]
    pub fn tier(&self) -> Tier {
        self.tier
    }

    /// Returns when the run began.
    #[must_use]
    pub fn started(&self) -> SystemTime {
        self.started
    }

    /// Returns how long the run took.
    #[must_use]
    pub fn took(&self) -> Duration {
        self.took
    }

    /// Returns remarks about the run that the reader must know, such as that the certificate was not checked.
    #[must_use]
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// Returns what was created on the target and could not be removed.
    #[must_use]
    pub fn left_behind(&self) -> &[Left] {
        &self.left_behind
    }

    /// Returns how many requests each family sent.
    #[must_use]
    pub fn sent(&self) -> &BTreeMap<Family, u32> {
        &self.sent
    }

    /// Returns the outcomes of the checks, in the order of the families.
    #[must_use]
    pub fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }

    /// Returns the failures that count: those whose rule refuses or warns in this tier.
    pub fn failures(&self) -> impl Iterator<Item = &Outcome> {
        self.outcomes.iter().filter(|outcome| outcome.severity(self.tier) >= Some(Severity::Warning))
    }

    /// Returns how many checks ended with a verdict: `pass`, `fail`, `inconclusive` or `skipped`.
    #[must_use]
    pub fn count(&self, verdict: &str) -> usize {
        self.outcomes.iter().filter(|outcome| outcome.verdict().name() == verdict).count()
    }

    /// Returns the exit status: 1 if a failure counts or something could not be removed, or else 3 if something was inconclusive
    /// or nothing passed, or else 0.
    #[must_use]
    pub fn exit_status(&self) -> u8 {
        let is_unclear = |outcome: &Outcome| matches!(outcome.verdict(), Verdict::Inconclusive { .. });
        if self.failures().next().is_some() || self.left_behind.iter().any(Left::counts) {
            1
        } else if self.outcomes.iter().any(is_unclear) || !self.outcomes.iter().any(is_pass) {
            3
        } else {
            0
        }
    }
}

fn is_pass(outcome: &Outcome) -> bool {
    matches!(outcome.verdict(), Verdict::Pass(_))
}
