//! How strict to be: the four tiers, and the words that name them.

mod names;
mod suggest;
mod words;

use std::fmt;

pub use self::{
    names::{Blemish, ParsedTier, is_blank, parse},
    words::{Alias, NAMES},
};

/// How strictly a configuration is checked. Unset or unclear means [`Tier::Production`].
///
/// It is read from `ENVIRONMENT`, then from `APP_ENV`, or from the one variable of a service's own
/// (`Loader::tier_variable`). Case, white space around it, invisible characters and one
/// pair of quotes do not matter, and are noted. When both are set and differ, the stricter counts.
///
/// | tier | names |
/// |---|---|
/// | Production | `production`, `prod`, `prd`, `live`, `release`; nothing; anything unknown, which refuses the start |
/// | Preview | `preview`, `pr`, `review`, `deploy-preview`, `branch-deploy`, `staging`, `stage`, `stg`, `preprod`, `pre-production`, `uat`, `qa`, `nonprod`, `non-prod`, `int`, `integration`, `acceptance`, `sandbox`, `demo` |
/// | Test | `test`, `testing`, `ci` |
/// | Development | `development`, `dev`, `local`, `debug` |
///
/// The platform can raise the tier and never lowers it: Railway, Vercel, Netlify and Azure name their environments, and
/// the stricter of that and the declared tier counts. Elsewhere the platform is evidence, or a reason to refuse
/// Development.
///
/// The order is from the laxest to the strictest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Tier {
    /// A developer's own machine.
    Development,
    /// Tests and continuous integration.
    Test,
    /// A deployed copy that is not the real thing, such as staging or a review app. Relaxes nothing.
    Preview,
    /// The real thing, and anything that is in doubt.
    Production,
}

impl Tier {
    /// All tiers, from the laxest to the strictest.
    pub const ALL: [Self; 4] = [Self::Development, Self::Test, Self::Preview, Self::Production];

    /// Returns whether every rule applies: [`Tier::Preview`] and [`Tier::Production`].
    #[must_use]
    pub const fn is_hardened(self) -> bool {
        matches!(self, Self::Preview | Self::Production)
    }

    /// Returns the name in settings and machine output: `development`, `test`, `preview` or `production`.
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
