//! The things that must hold, each with a stable code, and in which tier each binds.

mod define;
mod explanation;
mod table;

use std::fmt;

pub use self::{
    define::{Definition, Explanation, join},
    table::*,
};
use crate::tier::Tier;

/// A thing that must hold, with a stable kebab-case code. Rules are constants, defined by [`rules!`](crate::rules).
#[derive(Clone, Copy)]
pub struct Rule(&'static Definition);

impl Rule {
    /// The stable code, such as `secret-too-short`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.0.code
    }

    /// The one word that begins a message: what kind of wrong this is.
    #[must_use]
    pub const fn word(self) -> Word {
        self.0.word
    }

    /// What it means, in the given tier, that the rule does not hold.
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

    /// Where a waiver can relax the rule.
    #[must_use]
    pub const fn waivable(self) -> Waivable {
        self.0.waivable
    }

    /// What holds when the rule holds: one sentence, in Markdown.
    #[must_use]
    pub fn holds(self) -> &'static str {
        self.0.holds.trim()
    }

    /// Why the rule exists, and where it comes from.
    #[must_use]
    pub const fn why(self) -> &'static str {
        self.0.explanation.why
    }

    /// What to do when it does not hold.
    #[must_use]
    pub const fn remedy(self) -> &'static str {
        self.0.explanation.remedy
    }

    /// The standard, RFC or vendor page that the rule follows, where there is one.
    #[must_use]
    pub const fn source(self) -> Option<&'static str> {
        self.0.explanation.source
    }

    /// The rule with a given code, out of several.
    #[must_use]
    pub fn find(code: &str, rules: &[Self]) -> Option<Self> {
        rules.iter().copied().find(|rule| rule.code() == code)
    }

    /// The rule of a definition. [`rules!`](crate::rules) calls this.
    #[must_use]
    pub const fn new(definition: &'static Definition) -> Self {
        Self(definition)
    }
}

/// Two rules are the same when their codes are.
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

/// What a rule that does not hold means for the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The service does not start.
    Refuse,
    /// The service starts; the report warns.
    Warn,
    /// The service starts; the report says so.
    Note,
    /// The rule does not bind.
    Off,
}

/// Where a waiver in code can relax a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waivable {
    /// In every tier.
    Everywhere,
    /// In Development and Test only.
    Locally,
    /// Nowhere: without the value there is no configuration.
    Never,
}

/// The word that begins a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Word {
    /// Set nowhere.
    Missing,
    /// Cannot be read as what it should be.
    Malformed,
    /// Too easy to guess.
    Weak,
    /// Stands where the real value should.
    Placeholder,
    /// Known to everybody.
    Published,
    /// Refused by this library, or by a standard.
    Prohibited,
    /// Contradicts something else.
    Inconsistent,
    /// Works, and exposes.
    Insecure,
    /// Worth knowing; nothing is wrong.
    Notice,
}

impl Word {
    /// The word in a message; none for a notice.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Malformed => "malformed",
            Self::Weak => "weak",
            Self::Placeholder => "placeholder",
            Self::Published => "published",
            Self::Prohibited => "prohibited",
            Self::Inconsistent => "inconsistent",
            Self::Insecure => "insecure",
            Self::Notice => "",
        }
    }
}
