//! A set of three-byte sequences, which rules out most positions where a value may be broken.

use super::needles::Needle;

/// The number of hash bits that select a bit of the set. The set then fits into the processor's cache.
const WIDTH: u32 = 19;

/// The set of all three-byte sequences in the needles that a program may have broken. A few others match by chance.
pub(crate) struct Triples(Vec<u64>);

impl Triples {
    /// Creates the set for these needles.
    pub(crate) fn of(needles: &[Needle]) -> Self {
        let mut bits = vec![0_u64; 1 << (WIDTH - 6)];
        let windows = needles.iter().filter(|needle| needle.is_text()).flat_map(|needle| needle.bytes.windows(3));
        for window in windows {
            let (word, bit) = window.first_chunk().map_or((0, 0), |three| place(*three));
            if let Some(word) = bits.get_mut(word) {
                *word |= bit;
            }
        }
        Self(bits)
    }

    /// Returns whether the set possibly contains three bytes.
    pub(crate) fn may_have(&self, three: [u8; 3]) -> bool {
        let (word, bit) = place(three);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }
}

/// Returns the word and the bit for three bytes.
fn place([first, second, third]: [u8; 3]) -> (usize, u64) {
    let hash = u32::from_le_bytes([first, second, third, 0]).wrapping_mul(0x9E37_79B1) >> (u32::BITS - WIDTH);
    ((hash >> 6) as usize, 1 << (hash & 63))
}
