//! The block of variables of one run, read once, in which names are looked up.

use std::{
    ffi::{OsStr, OsString},
    num::NonZeroU32,
    sync::OnceLock,
};

use zeroize::Zeroize;

/// All variables. The standard library lists names together with values alone, so the values are kept as long as
/// somebody asks for them, and wiped when the block is dropped.
pub(super) struct Block {
    entries: Vec<(OsString, OsString)>,
    /// The numbers of the entries, from 1, by the hashes of their names, and nothing in more than half of the places. An
    /// entry that finds its place taken has the next one that is free, so that entries of one name stay in their order.
    places: Vec<Option<NonZeroU32>>,
    /// A bit for the sketch of each name. Most names that somebody asks for are not there, as this tells.
    sketches: [u64; SKETCHES / 64],
    /// Whether case does not matter, as in the block of a process on Windows.
    folds: bool,
    /// The numbers of the entries in the order of their names, each name once: made when somebody asks for a part.
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

    /// The values of one variable, in their order: `execve` lets a block hold several entries of one name.
    pub(super) fn entries<'b>(&'b self, name: &str) -> impl Iterator<Item = &'b OsStr> {
        let places = if self.may_have("", name) { from(hash(name.as_bytes()), self.places.len()) } else { from(0, 0) };
        let taken = places.map_while(|place| self.entries.get((*self.places.get(place)?)?.get() as usize - 1));
        taken.filter(move |(other, _)| self.is_same(other, name)).map(|(_, value)| value.as_os_str())
    }

    /// Whether a variable with this name behind a prefix can be there. That most are not is told without making the name.
    pub(super) fn may_have(&self, prefix: &str, name: &str) -> bool {
        let sketch = sketch(prefix.as_bytes(), name.as_bytes());
        self.sketches[sketch / 64] >> (sketch % 64) & 1 == 1
    }

    /// The names that begin with a prefix, in their order, each once.
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

    /// The names, sorted, each once.
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

/// All places, from that of a hash on.
fn from(hash: usize, places: usize) -> impl Iterator<Item = usize> {
    (0..places).map(move |step| hash.wrapping_add(step) & (places - 1))
}

/// How many sketches there are: a few for each variable of most processes.
const SKETCHES: usize = 1024;

/// What little a look at the ends of a name tells, whatever its case.
fn sketch(prefix: &[u8], name: &[u8]) -> usize {
    let plain = |byte: Option<&u8>| byte.map_or(0, |byte| usize::from(byte & 0x1f));
    let (first, last) = (plain(prefix.first().or(name.first())), plain(name.last().or(prefix.last())));
    ((prefix.len() + name.len()) << 3 ^ first << 5 ^ last) % SKETCHES
}

/// A hash of a name whatever its case, eight bytes at a time. The operator sets the variables, and nobody else can fill
/// the block with collisions.
fn hash(name: &[u8]) -> usize {
    const LOWER: u64 = 0x2020_2020_2020_2020;
    let mix = |hash: u64, word: u64| (hash.rotate_left(5) ^ (word | LOWER)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let (words, rest) = name.as_chunks::<8>();
    let hash = words.iter().fold(0, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    // The last eight bytes again, in part, are cheaper than a word of what is left.
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
