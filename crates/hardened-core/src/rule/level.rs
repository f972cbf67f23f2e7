//! The words of the table: how bad, where waivable, which kind of problem.

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
    /// In every tier.
    Everywhere,
    /// In Development and Test only.
    Locally,
    /// Nowhere: the configuration cannot be built without the value.
    Never,
}

/// The word that begins a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Word {
    /// Not set in any source.
    Missing,
    /// Cannot be read as its type.
    Malformed,
    /// Too easy to guess.
    Weak,
    /// An example or template instead of the real value.
    Placeholder,
    /// Publicly known.
    Published,
    /// Refused by this library or by a standard.
    Prohibited,
    /// Contradicts something else.
    Inconsistent,
    /// Works, but exposes something.
    Insecure,
    /// Nothing is wrong, but it is worth knowing.
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
