//! Judges checks. The kind of a check says what its *pass* needs.

use hardened_core::verification::Exchange;

use crate::{
    check::Check,
    control::Control,
    outcome::{Fact, Outcome, Verdict},
};

/// A check that something is there. The answer that shows it is the evidence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Positive(pub(crate) &'static Check);

/// A check that something is refused or absent. It passes only with a [`Control`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Negative(pub(crate) &'static Check);

impl Positive {
    /// Passes, because an answer shows that the rule holds.
    pub(crate) fn shown(self, evidence: Vec<Exchange>) -> Outcome {
        Outcome::new(self.0, Verdict::pass(evidence, None))
    }
}

impl Negative {
    /// Passes, because the request was refused while the control succeeded before and after.
    pub(crate) fn refused(self, evidence: Vec<Exchange>, control: &Control) -> Outcome {
        Outcome::new(self.0, Verdict::pass(evidence, Some(control)))
    }

    /// Judges what was seen, together with its control. Without a control, a refusal shows nothing.
    pub(crate) fn judged(self, seen: Seen, control: &Result<Control, String>) -> Outcome {
        match (seen, control) {
            (Seen::Refused(evidence), Ok(control)) => self.refused(evidence, control),
            (Seen::Refused(evidence), Err(reason)) => self.unclear(reason.clone(), evidence),
            (Seen::Broken(fact, evidence), _) => self.failed(fact, evidence),
            (Seen::Unclear(reason, evidence), _) => self.unclear(reason, evidence),
        }
    }
}

/// The result of a negative check before its control is known.
#[derive(Debug)]
pub(crate) enum Seen {
    /// It looks like a refusal.
    Refused(Vec<Exchange>),
    /// The defence is missing.
    Broken(Fact, Vec<Exchange>),
    /// It shows neither, for this reason.
    Unclear(String, Vec<Exchange>),
}

impl Seen {
    /// Combines several probes of one check: a broken one decides, or else an unclear one.
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
            /// Fails, because the rule does not hold.
            pub(crate) fn failed(self, fact: impl Into<Fact>, evidence: Vec<Exchange>) -> Outcome {
                Outcome::new(self.0, Verdict::Fail { fact: fact.into(), evidence })
            }

            /// Ends inconclusively, because it was not shown whether the rule holds.
            pub(crate) fn unclear(self, reason: impl Into<String>, evidence: Vec<Exchange>) -> Outcome {
                Outcome::new(self.0, Verdict::Inconclusive { reason: reason.into(), evidence })
            }

            /// Skips the check.
            pub(crate) fn skipped(self, reason: impl Into<String>) -> Outcome {
                Outcome::new(self.0, Verdict::Skipped { reason: reason.into() })
            }
        }
    };
}

verdicts!(Positive);
verdicts!(Negative);

/// Defines the checks of a family, and `ALL` with all of them in order. The doc comment says what a *pass* shows.
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
