//! Two keys of one configuration must differ.

use std::{
    hash::{BuildHasher, RandomState},
    sync::Arc,
};

use crate::{
    finding::Name,
    schema::{Kind, Place},
};

/// Remembers keys by a hash under a random key of this run, so that no copy of a secret is made.
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
    /// Remembers one key of a setting; the setting that has the same key already, if any.
    ///
    /// A ring and the key beside it in the same group may share an entry: better-auth's legacy secret repeats one.
    pub(super) fn insert(&mut self, key: &[u8], place: &Place, kind: Kind) -> Option<Name> {
        let seen = Seen {
            hash: self.hasher.hash_one(key),
            length: key.len(),
            ring: matches!(kind, Kind::KeyRing { .. }),
            place: place.clone(),
        };
        let same = |other: &&Seen| {
            let may_share = Arc::ptr_eq(&other.place.group, &place.group) && other.ring != seen.ring;
            // The keys of one ring are compared by the ring itself.
            let same_ring = std::ptr::eq(other.place.setting, place.setting) && seen.ring;
            other.hash == seen.hash && other.length == seen.length && !may_share && !same_ring
        };
        let repeated = self.seen.iter().find(same).map(|other| other.place.name());
        self.seen.push(seen);
        repeated
    }
}
