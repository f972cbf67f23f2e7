//! Rules, each with a stable code and a level in each tier.

mod cwe;
mod define;
mod definition;
mod explanation;
mod level;
mod own;
mod shown;
mod table;

use std::fmt;

pub use self::{
    cwe::Cwe,
    define::join,
    definition::{Definition, Explanation},
    level::{Level, Waivable, Word},
    own::{RESERVED, own_code},
    table::*,
};
use crate::tier::Tier;

/// A condition that must hold, such as "a key is long enough", with a stable kebab-case code. Rules are constants, defined
/// by [`rules!`](crate::rules).
#[derive(Clone, Copy)]
pub struct Rule(&'static Definition);

impl Rule {
    /// Returns the stable code, such as `secret-too-short`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.0.code
    }

    /// Returns the word that begins every message of the rule: the kind of problem.
    #[must_use]
    pub const fn word(self) -> Word {
        self.0.word
    }

    /// Returns what happens in a tier when the rule does not hold.
    #[must_use]
    pub const fn level(self, tier: Tier) -> Level {
        let [development, test, preview, production] = self.0.levels;
        match tier {
            Tier::Development => development,
            Tier::Test => test,
            Tier::Preview => preview,
            Tier::Production => production,
        }
    }

    /// Returns the tiers in which a waiver can relax the rule.
    #[must_use]
    pub const fn waivable(self) -> Waivable {
        self.0.waivable
    }

    /// Returns what the rule demands: one sentence, in Markdown.
    #[must_use]
    pub fn holds(self) -> &'static str {
        self.0.holds.trim()
    }

    /// Returns the reason for the rule.
    #[must_use]
    pub const fn why(self) -> &'static str {
        self.0.explanation.why
    }

    /// Returns the fix for when the rule does not hold; `None` if there is nothing to do.
    #[must_use]
    pub const fn remedy(self) -> Option<&'static str> {
        self.0.explanation.remedy
    }

    /// Returns the standard, RFC or vendor page that the rule follows, if there is one.
    #[must_use]
    pub const fn source(self) -> Option<&'static str> {
        self.0.explanation.source
    }

    /// Returns the weaknesses of the Common Weakness Enumeration that the rule prevents, finds or limits; may be empty.
    #[must_use]
    pub const fn cwe(self) -> &'static [Cwe] {
        self.0.cwe
    }

    /// Returns the rule with this code from a list of rules.
    #[must_use]
    pub fn find(code: &str, rules: &[Self]) -> Option<Self> {
        rules.iter().copied().find(|rule| rule.code() == code)
    }

    /// Creates a rule from its definition. [`rules!`](crate::rules) calls this.
    #[must_use]
    pub const fn new(definition: &'static Definition) -> Self {
        Self(definition)
    }
}

/// Two rules are equal if their codes are equal.
impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code() == other.code()
    }
}

impl Eq for Rule {}

/// Writes the code.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// Writes the code.
impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rule({})", self.code())
    }
}
