//! The levels, waivability and message words of rules.

/// What happens at the start when a rule does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The service does not start.
    Refuse,
    /// The service starts, and the report has a warning.
    Warn,
    /// The service starts, and the report has a note.
    Note,
    /// The rule does not apply.
    Off,
}

/// The tiers in which a waiver in code can relax a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waivable {
    /// Every tier.
    Everywhere,
    /// Development and Test only.
    Locally,
    /// No tier: the configuration cannot be built without the value.
    Never,
}

/// The word that begins a message; the kind of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Word {
    /// The setting is not set in any source.
    Missing,
    /// The value cannot be read as its type.
    Malformed,
    /// The value is too easy to guess.
    Weak,
    /// The value is an example or template instead of the real one.
    Placeholder,
    /// The value is publicly known.
    Published,
    /// This library or a standard refuses the value.
    Prohibited,
    /// The value contradicts something else.
    Inconsistent,
    /// The value works, but exposes something.
    Insecure,
    /// Nothing is wrong, but the fact is worth knowing.
    Notice,
}

impl Word {
    /// Returns the word as it appears in a message; empty for a notice.
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
