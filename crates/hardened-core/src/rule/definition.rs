//! The definition of a rule: one row of a table.

use super::{Cwe, Level, Waivable, Word};

/// The definition of a rule: one row of a table made by [`rules!`](crate::rules).
#[derive(Debug)]
pub struct Definition {
    /// The stable kebab-case code.
    pub code: &'static str,
    /// The word that begins the rule's messages.
    pub word: Word,
    /// The levels in Development, Test, Preview and Production, in this order.
    pub levels: [Level; 4],
    /// The tiers in which a waiver can relax the rule.
    pub waivable: Waivable,
    /// What is true when the rule holds: one sentence, in Markdown.
    pub holds: &'static str,
    /// The weaknesses that the rule prevents, finds or limits; may be empty.
    pub cwe: &'static [Cwe],
    /// The reason for the rule, and the fix.
    pub explanation: &'static Explanation,
}

/// The reason for a rule, and the fix for when it does not hold.
#[derive(Debug)]
pub struct Explanation {
    pub(super) why: &'static str,
    /// The fix as an imperative; `None` if there is nothing to do.
    pub(super) remedy: Option<&'static str>,
    pub(super) source: Option<&'static str>,
}

impl Explanation {
    /// Creates an explanation without a public source.
    #[must_use]
    pub const fn new(why: &'static str, remedy: &'static str) -> Self {
        Self { why, remedy: Some(remedy), source: None }
    }

    /// Creates an explanation without a remedy, for a rule that requires no action.
    #[must_use]
    pub const fn without_remedy(why: &'static str) -> Self {
        Self { why, remedy: None, source: None }
    }

    /// Sets the fix for when the rule does not hold, as an imperative.
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
