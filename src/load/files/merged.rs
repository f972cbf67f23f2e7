//! What figment does for us: it merges layers and profiles. And how a value is read back, with its place.

use figment::{Figment, Profile, value::Value};
use zeroize::Zeroizing;

use super::layer::{Layer, Numbered};
use crate::{Rejection, Tier, load::lookup::Found, provenance::Provenance};

/// All layers, merged once.
pub(super) struct Merged {
    figment: Figment,
    value: Option<Value>,
    layers: Vec<Layer>,
}

/// A value that cannot be used, and where it stands.
pub(in crate::load) type Unusable = (Rejection, Provenance);

impl Merged {
    /// Merges the layers, the last one on top, for the selected tier.
    pub(super) fn of(layers: Vec<Layer>, tier: Tier) -> Self {
        let figment = layers
            .iter()
            .enumerate()
            .fold(Figment::new(), |figment, (number, layer)| figment.merge(Numbered(number, layer)))
            .select(profile(tier));
        // The empty path is the whole. None of our layers fails.
        let value = figment.find_value("").ok();
        Self { figment, value, layers }
    }

    /// The exact text at a path.
    pub(super) fn find(&self, path: &str) -> Option<Result<Found, Unusable>> {
        let value = self.value.as_ref()?.find_ref(path)?;
        let text = value.as_str()?;
        let number: usize = self.figment.get_metadata(value.tag())?.name.parse().ok()?;
        let layer = self.layers.get(number)?;
        let place = layer.place(path, value.tag().profile().as_ref())?;
        let provenance = layer.provenance(place.at());
        Some(match &place.flaw {
            Some(flaw) => Err((flaw.clone(), provenance)),
            None => Ok(Found { text: Zeroizing::new(text.to_owned()), provenance }),
        })
    }
}

/// figment's profile of a tier.
pub(super) fn profile(tier: Tier) -> Profile {
    Profile::const_new(tier.name())
}
