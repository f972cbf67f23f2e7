//! Detects keys that are used twice in one configuration.

use std::{
    hash::{BuildHasher, RandomState},
    sync::Arc,
};

use crate::{
    finding::Name,
    schema::{Kind, Place},
};

/// Remembers keys by a keyed hash, with a hash key that is random for each run, so that secrets are not copied.
#[derive(Default)]
pub(super) struct Keys {
    hasher: RandomState,
    seen: Vec<Seen>,
}

struct Seen {
    hash: u64,
    length: usize,
    ring: bool,
    place: Place,
}

impl Keys {
    /// Remembers one key of a setting. Returns the name of the setting that already has the same key, if any.
    pub(super) fn insert(&mut self, key: &[u8], place: &Place, kind: Kind) -> Option<Name> {
        let seen = Seen {
            hash: self.hasher.hash_one(key),
            length: key.len(),
            ring: matches!(kind, Kind::KeyRing { .. }),
            place: place.clone(),
        };
        let is_repeated = |other: &&Seen| seen.is_same_key(other) && !seen.may_repeat(other);
        let repeated = self.seen.iter().find(is_repeated).map(|other| other.place.name());
        self.seen.push(seen);
        repeated
    }
}

impl Seen {
    fn is_same_key(&self, other: &Self) -> bool {
        self.hash == other.hash && self.length == other.length
    }

    /// Returns whether two settings may share a key. A ring and the single key in the same group may, because
    /// better-auth's legacy secret repeats an entry of the ring. The ring itself compares its own keys.
    fn may_repeat(&self, other: &Self) -> bool {
        let are_in_one_group = Arc::ptr_eq(&self.place.group, &other.place.group);
        let is_one_setting = are_in_one_group && std::ptr::eq(self.place.setting, other.place.setting);
        let are_in_one_ring = self.ring && is_one_setting;
        are_in_one_ring || are_in_one_group && self.ring != other.ring
    }
}
