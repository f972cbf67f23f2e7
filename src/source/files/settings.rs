//! Which value counts where several sources, or several sections of one, have the same setting.

use std::{collections::BTreeMap, ops::Bound};

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

/// The value that counts of each plain setting, and the elements of each list and map of groups, by their paths. No secret
/// is ever among them.
#[derive(Default)]
pub(super) struct Settings {
    values: BTreeMap<String, Value>,
    collections: BTreeMap<String, Collection>,
}

/// The elements of a list or a map, with their places.
struct Collection {
    rank: Rank,
    keys: Vec<(String, Provenance)>,
}

/// What counts over what: the more particular section, then the later layer.
type Rank = (Section, usize);

impl Settings {
    /// Adds a value. It counts unless one for a more particular section, or of a later layer, is there.
    pub(super) fn insert(&mut self, path: String, value: Value) {
        let rank = |value: &Value| (value.section, value.layer);
        match self.values.get(&path) {
            Some(other) if rank(other) > rank(&value) => {}
            _ => drop(self.values.insert(path, value)),
        }
    }

    /// Begins a list, which counts as a whole: it replaces one for a less particular section, or of an earlier layer.
    /// Returns whether it counts.
    pub(super) fn begin_list(&mut self, path: &str, rank: Rank) -> bool {
        if self.collections.get(path).is_some_and(|other| other.rank > rank) {
            return false;
        }
        let inside = [path, "."].concat();
        remove_behind(&mut self.values, &inside);
        remove_behind(&mut self.collections, &inside);
        self.collections.insert(path.to_owned(), Collection { rank, keys: Vec::new() });
        true
    }

    /// Begins a map, of which every source adds its elements.
    pub(super) fn begin_map(&mut self, path: &str, rank: Rank) {
        self.collections.entry(path.to_owned()).or_insert_with(|| Collection { rank, keys: Vec::new() });
    }

    /// Adds an element to a list or a map that was begun.
    pub(super) fn add_element(&mut self, path: &str, key: &str, provenance: Provenance) {
        let Some(collection) = self.collections.get_mut(path) else { return };
        collection.keys.push((key.to_owned(), provenance));
    }

    /// The elements of the list or the map at a path, with their places; none where no source has it.
    pub(super) fn elements(&self, path: &str) -> Option<&[(String, Provenance)]> {
        self.collections.get(path).map(|collection| collection.keys.as_slice())
    }

    /// The text of the setting at a path such as `jwt.algorithm`, or why it cannot be used.
    pub(super) fn find(&self, path: &str) -> Option<Result<Found, Unusable>> {
        let Value { text, provenance, .. } = self.values.get(path)?;
        Some(match text {
            Ok(text) => Ok(Found { text: text.clone(), provenance: provenance.clone() }),
            Err(violation) => Err((violation.clone(), provenance.clone())),
        })
    }
}

/// Removes everything whose path begins with a text.
fn remove_behind<T>(paths: &mut BTreeMap<String, T>, inside: &str) {
    let from = (Bound::Included(inside), Bound::Unbounded);
    let behind = paths.range::<str, _>(from).map(|(path, _)| path);
    let behind: Vec<_> = behind.take_while(|path| path.starts_with(inside)).cloned().collect();
    for path in behind {
        paths.remove(&path);
    }
}
