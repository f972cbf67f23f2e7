//! Decides which value counts if several sources, or several sections of one, have the same setting.

use std::{collections::BTreeMap, ops::Bound};

use figment::Profile;
use zeroize::Zeroizing;

use super::by_group::ByGroup;
use crate::{Tier, Violation, report::Provenance, source::found::Found};

/// The scope of a value. The more specific one takes precedence, in figment's order of profiles.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    /// Another tier: never counts in this run.
    OtherTier,
    /// Every tier.
    Default,
    /// The tier of this run.
    Tier,
    /// figment's profile `global`, which overrides all others.
    Global,
}

impl Section {
    /// Returns the section with the name of a tier.
    pub(super) fn of_tier(named: Tier, tier: Tier) -> Self {
        if named == tier { Self::Tier } else { Self::OtherTier }
    }

    /// Returns the section of a provider's profile.
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

/// The exact text of one setting, or why it cannot be used.
pub(super) struct Value {
    /// The violation is boxed because few values are unusable.
    pub(super) text: Result<Zeroizing<String>, Box<Violation>>,
    pub(super) provenance: Provenance,
}

/// A value that cannot be used, and its place.
pub(super) type Unusable = (Violation, Provenance);

/// The precedence of a value: first the more specific section, then the later layer.
pub(super) type Rank = (Section, usize);

/// The effective value of each plain setting, and the elements of each list and map of groups. It never contains a
/// secret.
#[derive(Default)]
pub(super) struct Settings {
    values: ByGroup<Counting<Value>>,
    /// Keyed by the path of the field.
    collections: BTreeMap<String, Counting<Elements>>,
}

/// The elements of a list or map, with their places.
type Elements = Vec<(String, Provenance)>;

/// Whether a value or a list of a source counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Counts,
    /// A value in a more specific section or a later layer takes precedence.
    Outranked,
    /// The same layer already has a value for every tier.
    Repeated,
}

/// The value that counts so far.
struct Counting<T> {
    what: T,
    rank: Rank,
    /// The last layer that has a value for every tier.
    flat: Option<usize>,
}

impl<T> Counting<T> {
    fn new(what: T, rank: Rank) -> Self {
        Self { what, rank, flat: flat(rank) }
    }

    /// Compares its rank with that of a new value, and remembers the new rank if that counts.
    fn judge(&mut self, rank: Rank) -> Verdict {
        let flat = flat(rank);
        if flat.is_some() && flat == self.flat {
            return Verdict::Repeated;
        }
        self.flat = flat.or(self.flat);
        if self.rank > rank {
            return Verdict::Outranked;
        }
        self.rank = rank;
        Verdict::Counts
    }
}

/// Returns the layer if the value is for every tier.
fn flat((section, layer): Rank) -> Option<usize> {
    (section == Section::Default).then_some(layer)
}

impl Settings {
    /// Adds the value of a field in the group at a path.
    pub(super) fn insert(&mut self, group: &str, field: &'static str, rank: Rank, value: Value) -> Verdict {
        let Some(counting) = self.values.get_mut(group, field) else {
            self.values.add(group, field, Counting::new(value, rank));
            return Verdict::Counts;
        };
        let verdict = counting.judge(rank);
        if verdict == Verdict::Counts {
            counting.what = value;
        }
        verdict
    }

    /// Starts a list, which counts as a whole: it replaces one from a less specific section or an earlier layer.
    pub(super) fn begin_list(&mut self, path: &str, rank: Rank) -> Verdict {
        let Some(other) = self.collections.get_mut(path) else {
            self.collections.insert(path.to_owned(), Counting::new(Vec::new(), rank));
            return Verdict::Counts;
        };
        let verdict = other.judge(rank);
        if verdict == Verdict::Counts {
            other.what.clear();
            let inside = [path, "."].concat();
            self.values.clear_behind(&inside);
            self.remove_collections(&inside);
        }
        verdict
    }

    fn remove_collections(&mut self, inside: &str) {
        let behind = self.collections.range::<str, _>((Bound::Included(inside), Bound::Unbounded));
        let behind: Vec<_> =
            behind.map(|(path, _)| path).take_while(|path| path.starts_with(inside)).cloned().collect();
        for path in behind {
            self.collections.remove(&path);
        }
    }

    /// Starts a map, to which every source adds its elements.
    pub(super) fn begin_map(&mut self, path: &str, rank: Rank) {
        self.collections.entry(path.to_owned()).or_insert_with(|| Counting::new(Vec::new(), rank));
    }

    /// Adds an element to a list or map that was started.
    pub(super) fn add_element(&mut self, path: &str, key: &str, provenance: Provenance) {
        let Some(collection) = self.collections.get_mut(path) else { return };
        collection.what.push((key.to_owned(), provenance));
    }

    /// Returns the elements of the list or map at a path, with their places, or `None` if no source has it.
    pub(super) fn elements(&self, path: &str) -> Option<&[(String, Provenance)]> {
        self.collections.get(path).map(|collection| collection.what.as_slice())
    }

    /// Returns the text of a field in the group at a path, or why it cannot be used.
    pub(super) fn find(&self, group: &str, field: &str) -> Option<Result<Found, Unusable>> {
        let Value { text, provenance } = &self.values.get(group, field)?.what;
        Some(match text {
            Ok(text) => Ok(Found { text: text.clone(), provenance: provenance.clone() }),
            Err(violation) => Err((Violation::clone(violation), provenance.clone())),
        })
    }
}
