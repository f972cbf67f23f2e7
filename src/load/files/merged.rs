//! What figment does for us: it merges layers and profiles. And how a text is found again.

use figment::{Figment, Profile, value::Value};

use super::layer::{Layer, Texts, Unusable};
use crate::{Tier, load::lookup::Found};

/// All layers, merged once.
pub(super) struct Merged {
    /// The numbers of the texts that count, by path.
    numbers: Option<Value>,
    texts: Texts,
}

impl Merged {
    /// Merges the layers, the last one on top, for the selected tier.
    pub(super) fn of(layers: Vec<Layer>, texts: Texts, tier: Tier) -> Self {
        let figment = layers.into_iter().fold(Figment::new(), Figment::merge).select(profile(tier));
        // The empty path is the whole. None of our layers fails.
        Self { numbers: figment.find_value("").ok(), texts }
    }

    /// The exact text at a path.
    pub(super) fn find(&self, path: &str) -> Option<Result<Found, Unusable>> {
        let number = self.numbers.as_ref()?.as_dict()?.get(path)?.to_u128()?;
        self.texts.find(usize::try_from(number).ok()?)
    }
}

/// figment's profile of a tier.
pub(super) fn profile(tier: Tier) -> Profile {
    Profile::const_new(tier.name())
}
