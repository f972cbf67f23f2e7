//! Repeats of earlier text, at any distance.

use zeroize::Zeroizing;

const SLOTS: usize = 512;
/// The number of equal bytes from which a repeat is suspected.
const CONTEXT: usize = 3;

/// Predicts the next byte from what followed the same three bytes last time.
///
/// It makes one look-up for each byte and never searches, so hostile input does not cost more.
pub(super) struct Repeats {
    /// The position after the last occurrence of three bytes, by hash; 0 for none. Wiped, because it reveals the text.
    after: Zeroizing<[u16; SLOTS]>,
    source: Option<usize>,
}

impl Repeats {
    pub(super) fn new() -> Self {
        Self { after: Zeroizing::new([0; SLOTS]), source: None }
    }

    /// Returns whether the byte at `at` is the predicted one. Must be called for every byte in turn.
    pub(super) fn foretold(&mut self, text: &[u8], at: usize) -> bool {
        let hit = self.source.is_some_and(|source| text.get(source) == text.get(at));
        // After a miss, the old position is kept until a new one is found, because repeats can differ in a few bytes.
        self.source = self.source.map(|source| source + 1);
        let found = self.look_up(text, at + 1);
        if !hit {
            self.source = found.or(self.source);
        }
        hit
    }

    /// Returns the position that followed the bytes before `end` last time, and records `end`.
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
