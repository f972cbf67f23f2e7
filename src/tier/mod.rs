//! How strict to be, and why: doubt means production.

mod declared;
mod detect;
mod names;
mod platforms;
mod suggest;

use std::fmt;

pub(crate) use self::{
    detect::{Detected, Observation, TierNames, Undeclared, detect},
    names::Blemish,
};

/// How strict a configuration is judged. Unset and doubtful mean [`Tier::Production`].
///
/// The order is from the laxest to the strictest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Tier {
    /// A person's own machine.
    Development,
    /// Tests and continuous integration.
    Test,
    /// A deployed copy that is not the real thing: staging, review apps. Relaxes nothing.
    Preview,
    /// The real thing, and whatever is in doubt.
    Production,
}

impl Tier {
    /// All tiers, from the laxest to the strictest.
    pub const ALL: [Self; 4] = [Self::Development, Self::Test, Self::Preview, Self::Production];

    /// Whether every rule binds: [`Tier::Preview`] and [`Tier::Production`].
    #[must_use]
    pub const fn is_hardened(self) -> bool {
        matches!(self, Self::Preview | Self::Production)
    }

    /// The name as it is set and printed by machines: `development`, `test`, `preview`, `production`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Development => "development",
            Self::Test => "test",
            Self::Preview => "preview",
            Self::Production => "production",
        }
    }
}

/// Writes the [name](Tier::name).
impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
