//! Observations about the tier.

use hardened_core::tier::Blemish;

use super::Tier;

/// An observation about the tier that a rule reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Observation {
    /// The value is not a known tier name.
    Unknown { variable: &'static str, suggestion: Option<&'static str> },
    /// The value is not Unicode.
    NotText { variable: &'static str },
    /// The value is a known tier name after something is removed from it.
    Normalised { variable: &'static str, name: &'static str, blemish: Blemish },
    /// The value is blank.
    Blank { variable: &'static str },
    /// Two variables name different tiers.
    Differing { variable: &'static str, tier: Tier, second: &'static str, other: Tier },
    /// A variable's name has invisible characters before, after or around it.
    PaddedName { variable: &'static str, place: &'static str },
    /// The platform's environment is stricter than the declared tier.
    Raised { variable: &'static str, from: Tier, to: Tier, platform: &'static str, on_a_laptop: Option<&'static str> },
    /// Production is declared, but the platform calls this environment a preview.
    Copied { variable: &'static str, platform: &'static str },
    /// Development or Test on a platform that serves the public.
    Hosted { variable: &'static str, tier: Tier, platform: &'static str },
    /// Development or Test on a platform that would refuse it if a variable did not lift the refusal.
    Lifted { variable: &'static str, tier: Tier, platform: &'static str, lift: &'static str },
    /// Development or Test in a release build.
    ReleaseBuild { variable: &'static str, tier: Tier, in_kubernetes: bool },
    /// A service adds a name for Development or Test.
    Alias { alias: &'static str, tier: Tier },
}
