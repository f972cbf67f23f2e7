//! Repeats of what stood earlier, at any distance.

use zeroize::Zeroizing;

const SLOTS: usize = 512;
/// How many equal bytes it takes to suspect a repeat.
const CONTEXT: usize = 3;

/// Foretells the next byte from what followed the last time the same three bytes stood there.
///
/// One look-up a byte, whatever the text: no search, so that hostile input costs no more.
pub(super) struct Repeats {
    /// The place after the last occurrence of three bytes, by their hash; 0 for none. Wiped, for
    /// it tells about the text.
    after: Zeroizing<[u16; SLOTS]>,
    source: Option<usize>,
}

impl Repeats {
    pub(super) fn new() -> Self {
        Self { after: Zeroizing::new([0; SLOTS]), source: None }
    }

    /// Whether the byte at `at` is the one foretold. To be asked of every byte in turn.
    pub(super) fn foretold(&mut self, text: &[u8], at: usize) -> bool {
        let hit = self.source.is_some_and(|source| text.get(source) == text.get(at));
        // After a miss the old trail is kept, until a new one is found: near-repeats go on.
        self.source = self.source.map(|source| source + 1);
        let found = self.look_up(text, at + 1);
        if !hit {
            self.source = found.or(self.source);
        }
        hit
    }

    /// The place that followed the bytes before `end` last time; remembers `end` for the next.
    fn look_up(&mut self, text: &[u8], end: usize) -> Option<usize> {
        let context = context(text, end)?;
        let slot = self.after.get_mut(hash(context))?;
        let earlier = usize::from(*slot);
        *slot = u16::try_from(end).unwrap_or(0);
        (earlier > 0 && self::context(text, earlier) == Some(context)).then_some(earlier)
    }
}

fn context(text: &[u8], end: usize) -> Option<&[u8]> {
    text.get(end.checked_sub(CONTEXT)?..end)
}

fn hash(context: &[u8]) -> usize {
    let sum = context.iter().fold(0_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x9E37_79B1));
    (sum >> 23) as usize % SLOTS
}

#[cfg(test)]
mod tests {
    use super::Repeats;

    fn foretold(text: &str) -> String {
        let mut repeats = Repeats::new();
        (0..text.len()).map(|at| if repeats.foretold(text.as_bytes(), at) { '+' } else { '.' }).collect()
    }

    #[test]
    fn a_block_is_foretold_after_three_bytes_of_it() {
        assert_eq!(foretold("SecretSecretSecret"), ".........+++++++++");
        assert_eq!(foretold("aaaaaa"), "....++");
        assert_eq!(foretold("abcdefgh"), "........");
    }

    #[test]
    fn a_near_repeat_is_foretold_again_right_after_its_difference() {
        assert_eq!(foretold("blockA-blockB-"), "..........++.+");
    }
}
