//! Two keys of one configuration must differ.

use std::hash::{BuildHasher, RandomState};

use crate::{Name, schema::Kind};

/// Remembers keys by a hash under a random key of this run, so that no copy of a secret is made.
#[derive(Default)]
pub(super) struct Keys {
    hasher: RandomState,
    seen: Vec<Seen>,
}

struct Seen {
    hash: u64,
    length: usize,
    group: usize,
    ring: bool,
    subject: Name,
}

impl Keys {
    /// Remembers one key of a setting; the setting that has the same key already, if any.
    ///
    /// A ring and the key beside it in the same group may share an entry: better-auth's legacy secret repeats one.
    pub(super) fn insert(&mut self, key: &[u8], subject: &Name, kind: Kind, group: usize) -> Option<Name> {
        let seen = Seen {
            hash: self.hasher.hash_one(key),
            length: key.len(),
            group,
            ring: matches!(kind, Kind::KeyRing { .. }),
            subject: subject.clone(),
        };
        let same = |other: &&Seen| {
            let may_share = other.group == seen.group && other.ring != seen.ring;
            other.hash == seen.hash && other.length == seen.length && !may_share
        };
        let repeated = self.seen.iter().find(same).map(|other| other.subject.clone());
        self.seen.push(seen);
        repeated
    }
}
