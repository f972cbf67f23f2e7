//! The four tiers of strictness, and the words that name them.

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
/// It is read from `ENVIRONMENT`, then from `APP_ENV`, or instead from the one variable that a service sets with
/// `Loader::tier_variable`. Case, surrounding white space, invisible characters and one pair of quotes do not matter, but are
/// reported. If both variables are set and differ, the stricter tier counts.
///
/// | tier | names |
/// |---|---|
/// | Production | `production`, `prod`, `prd`, `live`, `release`; nothing; anything unknown, which refuses the start |
/// | Preview | `preview`, `pr`, `review`, `deploy-preview`, `branch-deploy`, `staging`, `stage`, `stg`, `preprod`, `pre-production`, `uat`, `qa`, `nonprod`, `non-prod`, `int`, `integration`, `acceptance`, `sandbox`, `demo` |
/// | Test | `test`, `testing`, `ci` |
/// | Development | `development`, `dev`, `local`, `debug` |
///
/// The platform can raise the tier but never lowers it. Railway, Vercel, Netlify and Azure name their environments, and the
/// stricter of that and the declared tier counts. On other platforms, the platform is only evidence, or a reason to refuse
/// Development.
///
/// Tiers are ordered from the laxest to the strictest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Tier {
    /// A developer's own machine.
    Development,
    /// Tests and continuous integration.
    Test,
    /// A deployment that is not production, such as staging or a review app. It relaxes nothing.
    Preview,
    /// The production deployment, and anything in doubt.
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
