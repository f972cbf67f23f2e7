//! A set of five-byte sequences that is looked up at regular distances in everything that is searched.

use super::needles::Needle;

/// The number of bytes that are looked up at once.
pub(crate) const GRAM: usize = 5;
const MASK: u64 = (1 << (GRAM * 8)) - 1;

/// Five bytes as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Gram(u64);

impl Gram {
    /// Returns the first five of eight bytes.
    pub(crate) fn of_eight(bytes: [u8; 8]) -> Self {
        Self(u64::from_le_bytes(bytes) & MASK)
    }

    /// Returns the first five of these bytes; `None` if there are fewer.
    pub(crate) fn first_of(bytes: &[u8]) -> Option<Self> {
        let five = bytes.first_chunk::<GRAM>()?;
        Some(Self(five.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))))
    }

    fn hash(self) -> u64 {
        // Fibonacci hashing: the odd number nearest to 2^64 divided by the golden ratio.
        self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}

/// An occurrence of a sequence in a needle.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    gram: Gram,
    pub(crate) needle: u32,
    /// The distance from the beginning of the needle.
    pub(crate) offset: u32,
}

/// A Bloom filter for sequences, small enough for the cache. Few of its positive answers are wrong.
struct Bits {
    words: Vec<u64>,
    shift: u32,
}

impl Bits {
    /// Creates a filter for `count` sequences, with a word for every two of them. Each sequence sets two bits of one word.
    fn new(count: usize) -> Self {
        let words = (count / 2).next_power_of_two().clamp(1 << 6, 1 << 18);
        Self { words: vec![0; words], shift: 64 - words.trailing_zeros() }
    }

    fn add(&mut self, gram: Gram) {
        let hash = gram.hash();
        if let Some(word) = self.words.get_mut((hash >> self.shift) as usize) {
            *word |= two_bits(hash);
        }
    }

    #[inline]
    fn may_have(&self, gram: Gram) -> bool {
        let hash = gram.hash();
        self.words.get((hash >> self.shift) as usize).is_some_and(|word| !word & two_bits(hash) == 0)
    }
}

/// The set of all sequences in the needles that a program may have broken or escaped.
pub(crate) struct Grams(Bits);

impl Grams {
    /// Creates the set for these needles.
    pub(crate) fn of(needles: &[Needle]) -> Self {
        let texts = needles.iter().filter(|needle| needle.is_text()).map(|needle| &needle.bytes);
        let mut bits = Bits::new(texts.clone().map(|bytes| bytes.len()).sum());
        texts.flat_map(|bytes| bytes.windows(GRAM)).filter_map(Gram::first_of).for_each(|gram| bits.add(gram));
        Self(bits)
    }

    /// Returns whether the set possibly contains a sequence.
    #[inline]
    pub(crate) fn may_have(&self, gram: Gram) -> bool {
        self.0.may_have(gram)
    }
}

/// Sequences, each with the needles that contain it.
pub(crate) struct Table {
    bits: Bits,
    /// The start of each bucket in `entries`.
    starts: Vec<u32>,
    bucket_shift: u32,
    entries: Vec<Entry>,
}

impl Table {
    /// Creates a table of the sequences at the first `stride` positions of every needle. Every occurrence of a needle has one
    /// of them at a position that is looked up.
    pub(crate) fn strided(needles: &[Needle], stride: usize) -> Self {
        let mut entries = Vec::with_capacity(needles.len() * stride);
        for (index, needle) in needles.iter().enumerate() {
            for (offset, window) in needle.bytes.windows(GRAM).enumerate().take(stride) {
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
        let mut bits = Bits::new(entries.len());
        entries.iter().for_each(|entry| bits.add(entry.gram));
        Self { bits, starts, bucket_shift, entries }
    }

    /// Returns whether the table possibly contains a sequence.
    #[inline]
    pub(crate) fn may_have(&self, gram: Gram) -> bool {
        self.bits.may_have(gram)
    }

    /// Returns the places of a sequence in the needles.
    pub(crate) fn entries(&self, gram: Gram) -> impl Iterator<Item = Entry> {
        let bucket = (gram.hash() >> self.bucket_shift) as usize;
        let bound = |at| self.starts.get(at).map_or(0, |start| *start as usize);
        let entries = self.entries.get(bound(bucket)..bound(bucket + 1)).unwrap_or_default();
        entries.iter().copied().filter(move |entry| entry.gram == gram)
    }
}

/// Returns two bits of a word, from parts of the hash that do not select the word.
const fn two_bits(hash: u64) -> u64 {
    1 << (hash >> 40 & 63) | 1 << (hash >> 34 & 63)
}

/// Sorts entries by bucket. Returns the start of each bucket and the end of the last, and the sorted entries.
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
