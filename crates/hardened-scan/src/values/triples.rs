//! A set of three bytes in a row, asked where a value may be broken: most texts do not go on as a value does.

use super::needles::Needle;

/// How many bits of a hash choose a bit of the set, which then stays in the cache of the processor.
const WIDTH: u32 = 19;

/// Every three bytes in a row of the needles that a program may have broken, and a few others by chance.
pub(crate) struct Triples(Vec<u64>);

impl Triples {
    /// The set of these needles.
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

    /// Whether the three bytes may be there.
    pub(crate) fn may_have(&self, three: [u8; 3]) -> bool {
        let (word, bit) = place(three);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }
}

/// The word and its bit.
fn place([first, second, third]: [u8; 3]) -> (usize, u64) {
    let hash = u32::from_le_bytes([first, second, third, 0]).wrapping_mul(0x9E37_79B1) >> (u32::BITS - WIDTH);
    ((hash >> 6) as usize, 1 << (hash & 63))
}
