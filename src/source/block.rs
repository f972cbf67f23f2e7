//! The environment block of one run, which is read once and then searched by name.

use std::{
    ffi::{OsStr, OsString},
    num::NonZeroU32,
    sync::OnceLock,
};

use zeroize::Zeroize;

/// All environment variables. The standard library lists names only together with values, so the values are kept as
/// long as the block is needed, and wiped when it is dropped.
pub(super) struct Block {
    entries: Vec<(OsString, OsString)>,
    /// A hash table from names to the numbers of entries, counted from 1. At most half of it is occupied. An entry
    /// whose place is taken goes to the next free one, so that entries with the same name stay in order.
    places: Vec<Option<NonZeroU32>>,
    /// A bit for the sketch of each name. It shows that most names that are asked for are not set.
    sketches: [u64; SKETCHES / 64],
    /// Whether names ignore case, as in the environment of a Windows process.
    folds: bool,
    /// The numbers of the entries sorted by name, without duplicates. Computed when names with a prefix are first requested.
    sorted: OnceLock<Vec<u32>>,
}

impl Block {
    pub(super) fn new(entries: impl Iterator<Item = (OsString, OsString)>, folds: bool) -> Self {
        let entries: Vec<_> = entries.collect();
        let places = vec![None; (2 * entries.len()).next_power_of_two()];
        let mut block = Self { entries, places, sketches: [0; SKETCHES / 64], folds, sorted: OnceLock::new() };
        for (number, (name, _)) in (1..).zip(&block.entries) {
            let sketch = sketch(b"", name.as_encoded_bytes());
            block.sketches[sketch / 64] |= 1 << (sketch % 64);
            let mut places = from(hash(name.as_encoded_bytes()), block.places.len());
            if let Some(free) = places.find(|place| block.places.get(*place) == Some(&None)) {
                block.places[free] = NonZeroU32::new(number);
            }
        }
        block
    }

    /// Returns the values of one variable, in order: `execve` allows several entries with the same name.
    pub(super) fn entries<'b>(&'b self, name: &str) -> impl Iterator<Item = &'b OsStr> {
        let places = if self.may_have("", name) { from(hash(name.as_bytes()), self.places.len()) } else { from(0, 0) };
        let taken = places.map_while(|place| self.entries.get((*self.places.get(place)?)?.get() as usize - 1));
        taken.filter(move |(other, _)| self.is_same(other, name)).map(|(_, value)| value.as_os_str())
    }

    /// Returns whether a variable named `prefix` plus `name` may be set. If not, this tells without building the name.
    pub(super) fn may_have(&self, prefix: &str, name: &str) -> bool {
        let sketch = sketch(prefix.as_bytes(), name.as_bytes());
        self.sketches[sketch / 64] >> (sketch % 64) & 1 == 1
    }

    /// Returns the names that begin with a prefix, sorted, without duplicates.
    pub(super) fn names_behind<'b>(&'b self, prefix: &'b str) -> impl Iterator<Item = &'b OsStr> {
        let sorted = self.sorted.get_or_init(|| {
            let mut numbers: Vec<u32> = (0..).take(self.entries.len()).collect();
            numbers.sort_unstable_by_key(|number| self.name(*number));
            numbers.dedup_by_key(|number| self.name(*number));
            numbers
        });
        let bytes = |number: &u32| self.name(*number).map_or(&[][..], OsStr::as_encoded_bytes);
        let first = sorted.partition_point(|number| bytes(number) < prefix.as_bytes());
        let behind = sorted.get(first..).unwrap_or_default().iter();
        behind
            .take_while(move |number| bytes(number).starts_with(prefix.as_bytes()))
            .filter_map(|number| self.name(*number))
    }

    fn name(&self, number: u32) -> Option<&OsStr> {
        self.entries.get(number as usize).map(|(name, _)| name.as_os_str())
    }

    /// Returns all names, sorted, without duplicates.
    pub(super) fn names(&self) -> Vec<&OsStr> {
        let mut names: Vec<_> = self.entries.iter().map(|(name, _)| name.as_os_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn is_same(&self, one: &OsStr, other: &str) -> bool {
        if self.folds { one.eq_ignore_ascii_case(other) } else { one == other }
    }
}

impl Drop for Block {
    fn drop(&mut self) {
        for (_, value) in &mut self.entries {
            std::mem::take(value).into_encoded_bytes().as_mut_slice().zeroize();
        }
    }
}

/// Returns all places, starting at that of a hash.
fn from(hash: usize, places: usize) -> impl Iterator<Item = usize> {
    (0..places).map(move |step| hash.wrapping_add(step) & (places - 1))
}

/// The number of sketches: a few for each variable of most processes.
const SKETCHES: usize = 1024;

/// Returns a number that depends on the length and the ends of a name, but not on case.
fn sketch(prefix: &[u8], name: &[u8]) -> usize {
    let plain = |byte: Option<&u8>| byte.map_or(0, |byte| usize::from(byte & 0x1f));
    let (first, last) = (plain(prefix.first().or(name.first())), plain(name.last().or(prefix.last())));
    ((prefix.len() + name.len()) << 3 ^ first << 5 ^ last) % SKETCHES
}

/// Hashes a name eight bytes at a time, ignoring case. Only the operator sets variables, so nobody else can fill the
/// table with collisions.
fn hash(name: &[u8]) -> usize {
    const LOWER: u64 = 0x2020_2020_2020_2020;
    let mix = |hash: u64, word: u64| (hash.rotate_left(5) ^ (word | LOWER)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let (words, rest) = name.as_chunks::<8>();
    let hash = words.iter().fold(0, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    // Hashing the last eight bytes, some of them again, is cheaper than padding the rest to a word.
    let end = match name.last_chunk::<8>() {
        Some(last) => u64::from_le_bytes(*last),
        None => rest.iter().fold(name.len() as u64, |word, byte| word << 8 | u64::from(*byte)),
    };
    (mix(hash, end) >> 40) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(entries: &[(&str, &str)], folds: bool) -> Block {
        Block::new(entries.iter().map(|(name, value)| ((*name).into(), (*value).into())), folds)
    }

    #[test]
    fn a_variable_is_found_by_its_name_with_all_its_entries_in_their_order() {
        let block = block(&[("B", "1"), ("A", ""), ("B", "2"), ("LONGER_THAN_A_WORD", "x"), ("B", "1")], false);
        for (name, values) in [
            ("A", &[""][..]),
            ("B", &["1", "2", "1"]),
            ("LONGER_THAN_A_WORD", &["x"]),
            ("LONGER_THAN_A_WORE", &[]),
            ("longer_than_a_word", &[]),
            ("", &[]),
        ] {
            assert_eq!(block.entries(name).collect::<Vec<_>>(), values, "{name}");
        }
        assert_eq!(block.names(), ["A", "B", "LONGER_THAN_A_WORD"]);
    }

    #[test]
    fn the_names_behind_a_prefix_are_found_in_their_order() {
        let block =
            block(&[("B__1", ""), ("A", ""), ("B__0", "1"), ("B", ""), ("B__1", "2"), ("C", ""), ("B_", "")], false);
        for (prefix, names) in [("B__", &["B__0", "B__1"][..]), ("A", &["A"]), ("D", &[]), ("C", &["C"])] {
            assert_eq!(block.names_behind(prefix).collect::<Vec<_>>(), names, "{prefix}");
        }
    }

    #[test]
    fn where_case_does_not_matter_a_variable_is_found_in_any() {
        assert_eq!(block(&[("Path", "x")], true).entries("PATH").collect::<Vec<_>>(), ["x"]);
    }

    #[test]
    fn the_names_of_a_process_spread_over_the_table() {
        let names: Vec<_> = (0..2048).map(|number| format!("SERVICE_{number}_PORT_{}_TCP", number % 7)).collect();
        let places: std::collections::BTreeSet<_> = names.iter().map(|name| hash(name.as_bytes()) & 0xfff).collect();
        assert!(places.len() > 1500, "a random hash fills about 1612 of 4096 places, not {}", places.len());
    }
}
