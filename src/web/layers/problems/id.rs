//! Error identifiers.

use std::{
    fmt,
    hash::{BuildHasher, RandomState},
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
};

/// An identifier that appears both in the response and in the log: a UUID of version 8 (RFC 9562 §5.8).
///
/// It consists of two keyed hashes of a counter; the keys are random for each process. It is not a secret.
#[derive(Debug)]
pub(super) struct Id(u128);

static KEYS: LazyLock<(RandomState, RandomState)> = LazyLock::new(Default::default);
static COUNT: AtomicU64 = AtomicU64::new(0);

impl Id {
    pub(super) fn new() -> Self {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let (high, low) = (KEYS.0.hash_one(count), KEYS.1.hash_one((count, count)));
        let random = u128::from(high) << 64 | u128::from(low);
        let version_and_variant = 0x0000_0000_0000_F000_C000_0000_0000_0000;
        Self(random & !version_and_variant | 0x0000_0000_0000_8000_8000_0000_0000_0000)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |shift: u32, bits: u32| self.0 >> shift & ((1 << bits) - 1);
        write!(
            f,
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            part(96, 32),
            part(80, 16),
            part(64, 16),
            part(48, 16),
            part(0, 48)
        )
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn an_identifier_is_a_uuid_of_version_8() {
        let text = Id::new().to_string();
        let lengths: Vec<_> = text.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12], "{text}");
        assert_eq!(text.as_bytes()[14], b'8', "{text}");
        assert!(matches!(text.as_bytes()[19], b'8' | b'9' | b'a' | b'b'), "{text}");
    }

    #[test]
    fn no_two_identifiers_are_the_same() {
        let ids: HashSet<_> = (0..10_000).map(|_| Id::new().to_string()).collect();
        assert_eq!(ids.len(), 10_000);
    }
}
