//! What a row of a table of rules says.

use super::{Cwe, Level, Waivable, Word};

/// Everything that is known about a rule: one row of a table made by [`rules!`](crate::rules).
#[derive(Debug)]
pub struct Definition {
    /// The stable kebab-case code.
    pub code: &'static str,
    /// The word that begins its messages.
    pub word: Word,
    /// The levels in Development, Test, Preview and Production.
    pub levels: [Level; 4],
    /// Where a waiver can relax it.
    pub waivable: Waivable,
    /// What holds when the rule holds: one sentence, in Markdown.
    pub holds: &'static str,
    /// The weaknesses that it prevents, finds or limits. Empty: none fits.
    pub cwe: &'static [Cwe],
    /// Why it exists and what to do.
    pub explanation: &'static Explanation,
}

/// Why a rule exists, and what to do when it does not hold.
#[derive(Debug)]
pub struct Explanation {
    pub(super) why: &'static str,
    /// An imperative; none where there is nothing to do.
    pub(super) remedy: Option<&'static str>,
    pub(super) source: Option<&'static str>,
}

impl Explanation {
    /// Creates an explanation without a public source.
    #[must_use]
    pub const fn new(why: &'static str, remedy: &'static str) -> Self {
        Self { why, remedy: Some(remedy), source: None }
    }

    /// Creates an explanation of a rule that asks for nothing when it does not hold.
    #[must_use]
    pub const fn without_remedy(why: &'static str) -> Self {
        Self { why, remedy: None, source: None }
    }

    /// Sets what to do when the rule does not hold: an imperative.
    #[must_use]
    pub const fn remedy(mut self, remedy: &'static str) -> Self {
        self.remedy = Some(remedy);
        self
    }

    /// Sets the standard, RFC or vendor page that the rule follows.
    #[must_use]
    pub const fn source(mut self, source: &'static str) -> Self {
        self.source = Some(source);
        self
    }
}
