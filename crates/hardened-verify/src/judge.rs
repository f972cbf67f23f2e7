//! Judges checks: the kind of a check says what its *pass* needs.

use hardened_core::verification::Exchange;

use crate::{
    check::Check,
    control::Control,
    outcome::{Fact, Outcome, Verdict},
};

/// A check that something is there: the answer that shows it is the evidence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Positive(pub(crate) &'static Check);

/// A check that something is refused or absent: passes only under a [`Control`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Negative(pub(crate) &'static Check);

impl Positive {
    /// The answer shows it.
    pub(crate) fn shown(self, evidence: Vec<Exchange>) -> Outcome {
        Outcome::new(self.0, Verdict::pass(evidence, None))
    }
}

impl Negative {
    /// It was refused, while the control succeeded before and after.
    pub(crate) fn refused(self, evidence: Vec<Exchange>, control: &Control) -> Outcome {
        Outcome::new(self.0, Verdict::pass(evidence, Some(control)))
    }

    /// What was seen, judged under its control: without one, what looks like a refusal shows nothing.
    pub(crate) fn judged(self, seen: Seen, control: &Result<Control, String>) -> Outcome {
        match (seen, control) {
            (Seen::Refused(evidence), Ok(control)) => self.refused(evidence, control),
            (Seen::Refused(evidence), Err(reason)) => self.unclear(reason.clone(), evidence),
            (Seen::Broken(fact, evidence), _) => self.failed(fact, evidence),
            (Seen::Unclear(reason, evidence), _) => self.unclear(reason, evidence),
        }
    }
}

/// What a negative check saw, before its control is known.
#[derive(Debug)]
pub(crate) enum Seen {
    /// What a refusal looks like.
    Refused(Vec<Exchange>),
    /// The defence is missing.
    Broken(Fact, Vec<Exchange>),
    /// Neither: the reason.
    Unclear(String, Vec<Exchange>),
}

impl Seen {
    /// What several probes of one check show together: one that is broken decides, then one that is unclear.
    pub(crate) fn all(several: impl Iterator<Item = Self>) -> Self {
        let mut refused = Vec::new();
        let mut unclear = None;
        for seen in several {
            match seen {
                Self::Refused(evidence) => refused.extend(evidence),
                Self::Broken(..) => return seen,
                Self::Unclear(..) => unclear = unclear.or(Some(seen)),
            }
        }
        unclear.unwrap_or(Self::Refused(refused))
    }
}

macro_rules! verdicts {
    ($kind:ident) => {
        #[allow(dead_code, reason = "each family uses those that it needs")]
        impl $kind {
            /// The rule does not hold.
            pub(crate) fn failed(self, fact: impl Into<Fact>, evidence: Vec<Exchange>) -> Outcome {
                Outcome::new(self.0, Verdict::Fail { fact: fact.into(), evidence })
            }

            /// Nothing was shown, neither that it holds nor that it does not.
            pub(crate) fn unclear(self, reason: impl Into<String>, evidence: Vec<Exchange>) -> Outcome {
                Outcome::new(self.0, Verdict::Inconclusive { reason: reason.into(), evidence })
            }

            /// It was not asked.
            pub(crate) fn skipped(self, reason: impl Into<String>) -> Outcome {
                Outcome::new(self.0, Verdict::Skipped { reason: reason.into() })
            }
        }
    };
}

verdicts!(Positive);
verdicts!(Negative);

/// Defines the checks of a family, and `ALL` with all of them in order. The sentence is what a *pass* shows.
macro_rules! checks {
    ($family:ident; $($(#[doc = $claim:literal])+ $name:ident: $kind:ident $id:literal $rule:path;)*) => {
        $(
            $(#[doc = $claim])+
            pub(in crate::family) const $name: $crate::judge::$kind = $crate::judge::$kind(&$crate::check::Check {
                id: $id,
                family: $crate::check::Family::$family,
                rule: $rule,
                claim: concat!($($claim),+),
                needs_control: $crate::judge::checks!(@control $kind),
            });
        )*

        /// Every check of this family.
        pub(in crate::family) const ALL: &[&$crate::check::Check] = &[$($name.0),*];
    };
    (@control Positive) => { false };
    (@control Negative) => { true };
}
pub(crate) use checks;
