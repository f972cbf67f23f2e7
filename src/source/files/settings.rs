//! Which value counts where several sources, or several sections of one, have the same setting.

use std::collections::BTreeMap;

use figment::Profile;
use zeroize::Zeroizing;

use crate::{Tier, Violation, report::Provenance, source::found::Found};

/// What a value is for. The more particular one counts: figment's order of profiles.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    /// Another tier: it never counts in this run.
    OtherTier,
    /// Every tier.
    Default,
    /// The tier of this run.
    Tier,
    /// figment's profile `global`, over all others.
    Global,
}

impl Section {
    /// The section with the name of a tier.
    pub(super) fn of_tier(named: Tier, tier: Tier) -> Self {
        if named == tier { Self::Tier } else { Self::OtherTier }
    }

    /// The section of a profile of a provider.
    pub(super) fn of_profile(profile: &Profile, tier: Tier) -> Self {
        if *profile == Profile::Default {
            Self::Default
        } else if *profile == Profile::Global {
            Self::Global
        } else if *profile == tier.name() {
            Self::Tier
        } else {
            Self::OtherTier
        }
    }
}

/// The exact text of one setting, or why it has none.
pub(super) struct Value {
    pub(super) text: Result<Zeroizing<String>, Violation>,
    pub(super) provenance: Provenance,
    /// The layer that has it, in the order of the layers.
    pub(super) layer: usize,
    pub(super) section: Section,
}

/// A value that cannot be used, and where it is.
pub(super) type Unusable = (Violation, Provenance);

/// The value that counts of each plain setting, by its path. No secret is ever among them.
#[derive(Default)]
pub(super) struct Settings(BTreeMap<String, Value>);

impl Settings {
    /// Adds a value. It counts unless one for a more particular section, or of a later layer, is there.
    pub(super) fn insert(&mut self, path: String, value: Value) {
        let rank = |value: &Value| (value.section, value.layer);
        match self.0.get(&path) {
            Some(other) if rank(other) > rank(&value) => {}
            _ => drop(self.0.insert(path, value)),
        }
    }

    /// The text of the setting at a path such as `jwt.algorithm`, or why it cannot be used.
    pub(super) fn find(&self, path: &str) -> Option<Result<Found, Unusable>> {
        let Value { text, provenance, .. } = self.0.get(path)?;
        Some(match text {
            Ok(text) => Ok(Found { text: text.clone(), provenance: provenance.clone() }),
            Err(violation) => Err((violation.clone(), provenance.clone())),
        })
    }
}
