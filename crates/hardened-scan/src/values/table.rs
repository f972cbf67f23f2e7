//! A set of five-byte sequences that is asked for at every so many bytes of everything that is searched.

use super::needles::Needle;

/// How many bytes are looked up at once.
pub(crate) const GRAM: usize = 5;
const MASK: u64 = (1 << (GRAM * 8)) - 1;

/// Five bytes, as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Gram(u64);

impl Gram {
    /// The first five of eight bytes.
    pub(crate) fn of_eight(bytes: [u8; 8]) -> Self {
        Self(u64::from_le_bytes(bytes) & MASK)
    }

    /// The first five of these bytes; none if there are fewer.
    pub(crate) fn first_of(bytes: &[u8]) -> Option<Self> {
        let five = bytes.first_chunk::<GRAM>()?;
        Some(Self(five.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))))
    }

    fn hash(self) -> u64 {
        // Fibonacci hashing: the odd number nearest to 2^64 divided by the golden ratio.
        self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}

/// A sequence of a needle.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    gram: Gram,
    pub(crate) needle: u32,
    /// How far from the needle's beginning it is.
    pub(crate) offset: u32,
}

/// Sequences, each with the needles that have it. A set of bits in front answers most questions from a small memory.
pub(crate) struct Table {
    bits: Vec<u64>,
    shift: u32,
    /// Where in `entries` those of each bucket begin.
    starts: Vec<u32>,
    bucket_shift: u32,
    entries: Vec<Entry>,
}

impl Table {
    /// The sequences at the first places of every needle, as many as the distance of two places that are asked for: each
    /// occurrence has one of them at such a place.
    pub(crate) fn strided(needles: &[Needle], stride: usize) -> Self {
        Self::new(needles.iter().map(|needle| Some((needle, stride))))
    }

    /// Every sequence of those needles that a program may have broken or escaped.
    pub(crate) fn every(needles: &[Needle]) -> Self {
        Self::new(needles.iter().map(|needle| needle.is_text().then_some((needle, usize::MAX))))
    }

    fn new<'n>(needles: impl Iterator<Item = Option<(&'n Needle, usize)>>) -> Self {
        let mut entries = Vec::new();
        for (index, (needle, most)) in needles.enumerate().filter_map(|(index, needle)| Some((index, needle?))) {
            for (offset, window) in needle.bytes.windows(GRAM).enumerate().take(most) {
                let numbers = (u32::try_from(index), u32::try_from(offset));
                if let (Some(gram), (Ok(needle), Ok(offset))) = (Gram::first_of(window), numbers) {
                    entries.push(Entry { gram, needle, offset });
                }
            }
        }
        let buckets = entries.len().next_power_of_two().max(2);
        let bucket_shift = 64 - buckets.trailing_zeros();
        let (starts, entries) =
            in_buckets(&entries, buckets, |entry: &Entry| (entry.gram.hash() >> bucket_shift) as usize);
        // A word of bits for each second entry, and two bits of it for each: few questions are answered wrongly with yes.
        let words = (entries.len() / 2).next_power_of_two().clamp(1 << 6, 1 << 18);
        let mut table =
            Self { bits: vec![0; words], shift: 64 - words.trailing_zeros(), starts, bucket_shift, entries };
        for at in 0..table.entries.len() {
            let hash = table.entries.get(at).map_or(0, |entry| entry.gram.hash());
            if let Some(word) = table.bits.get_mut((hash >> table.shift) as usize) {
                *word |= two_bits(hash);
            }
        }
        table
    }

    /// Whether the sequence may be there.
    #[inline]
    pub(crate) fn may_have(&self, gram: Gram) -> bool {
        let hash = gram.hash();
        self.bits.get((hash >> self.shift) as usize).is_some_and(|word| !word & two_bits(hash) == 0)
    }

    /// Where the sequence is.
    pub(crate) fn entries(&self, gram: Gram) -> impl Iterator<Item = Entry> {
        let bucket = (gram.hash() >> self.bucket_shift) as usize;
        let bound = |at| self.starts.get(at).map_or(0, |start| *start as usize);
        let entries = self.entries.get(bound(bucket)..bound(bucket + 1)).unwrap_or_default();
        entries.iter().copied().filter(move |entry| entry.gram == gram)
    }

    /// Whether the sequence is there.
    pub(crate) fn has(&self, gram: Gram) -> bool {
        self.may_have(gram) && self.entries(gram).next().is_some()
    }
}

/// Two bits of a word, by parts of the hash that do not choose the word.
const fn two_bits(hash: u64) -> u64 {
    1 << (hash >> 40 & 63) | 1 << (hash >> 34 & 63)
}

/// Sorts entries by the number of their buckets. Says where each bucket begins, and where the last ends.
fn in_buckets(entries: &[Entry], buckets: usize, bucket: impl Fn(&Entry) -> usize) -> (Vec<u32>, Vec<Entry>) {
    let mut starts = vec![0_u32; buckets + 1];
    for entry in entries {
        if let Some(count) = starts.get_mut(bucket(entry) + 1) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut next = starts.clone();
    let mut sorted = entries.to_vec();
    for entry in entries {
        if let Some(at) = next.get_mut(bucket(entry)) {
            if let Some(place) = sorted.get_mut(*at as usize) {
                *place = *entry;
            }
            *at += 1;
        }
    }
    (starts, sorted)
}
