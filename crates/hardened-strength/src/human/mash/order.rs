//! The order of keys: which one came last time after the last key, and after the last two.

use zeroize::Zeroizing;

use super::kinds::{SIGNS, key};

/// All signs count as one key.
const COUNTED: usize = SIGNS + 1;
const EACH_SIGN: f32 = 1.0 / 33.0;

/// The weight of the other probability, relative to the counts.
const OTHERWISE: f32 = 3.4;

/// How often each key came after each other one. Wiped, because it reveals the text.
#[derive(Clone)]
pub(super) struct AfterOne {
    counts: Zeroizing<[[u8; COUNTED]; COUNTED]>,
    sums: Zeroizing<[u16; COUNTED]>,
    last: Option<usize>,
}

impl AfterOne {
    pub(super) fn new() -> Self {
        Self { counts: Zeroizing::new([[0; COUNTED]; COUNTED]), sums: Zeroizing::new([0; COUNTED]), last: None }
    }

    /// Returns the probability of a key, given its probability from the other codes, and counts the key.
    pub(super) fn share(&mut self, key: usize, otherwise: f32) -> f32 {
        let counted = key.min(SIGNS);
        let Some(last) = self.last.replace(counted) else { return otherwise };
        let row = self.counts.get_mut(last).and_then(|row| row.get_mut(counted));
        let (Some(count), Some(sum)) = (row, self.sums.get_mut(last)) else { return otherwise };
        let part = if counted == SIGNS { EACH_SIGN } else { 1.0 };
        let share = (f32::from(*count) * part + OTHERWISE * otherwise) / (f32::from(*sum) + OTHERWISE);
        if *count < u8::MAX {
            *count += 1;
            *sum = sum.saturating_add(1);
        }
        share
    }
}

/// Predicts the key that followed the last two keys last time.
#[derive(Clone)]
pub(super) struct Pairs {
    /// The position after each pair, by hash; 0 for none. Wiped, because it reveals the text.
    after: Zeroizing<[u16; Self::SLOTS]>,
    expected: Option<usize>,
    hits: f32,
    misses: f32,
}

impl Pairs {
    const SLOTS: usize = 256;

    pub(super) fn new() -> Self {
        Self { after: Zeroizing::new([0; Self::SLOTS]), expected: None, hits: 9.0, misses: 10.0 }
    }

    /// Returns the probability of a key, given its probability from the other codes, and records its position.
    pub(super) fn share(&mut self, text: &[u8], at: usize, key: usize, otherwise: f32) -> f32 {
        let expected = self.expected.and_then(|place| text.get(place)).map(|byte| self::key(*byte));
        self.expected = self.look_up(text, at + 1);
        let hit = self.hits / (self.hits + self.misses);
        match expected {
            Some(expected) if expected == key => {
                self.hits += 1.0;
                hit + (1.0 - hit) * otherwise
            }
            Some(_) => {
                self.misses += 1.0;
                (1.0 - hit) * otherwise
            }
            None => otherwise,
        }
    }

    /// Returns the position that followed the pair before `end` last time, and records `end`.
    fn look_up(&mut self, text: &[u8], end: usize) -> Option<usize> {
        let pair = pair(text, end)?;
        let slot = self.after.get_mut((pair[0] * 37 + pair[1]) % Self::SLOTS)?;
        let earlier = usize::from(*slot);
        *slot = u16::try_from(end).unwrap_or(0);
        (earlier > 0 && self::pair(text, earlier) == Some(pair)).then_some(earlier)
    }
}

/// Returns the two keys before a position.
fn pair(text: &[u8], end: usize) -> Option<[usize; 2]> {
    text.get(end.checked_sub(2)?..end)?.first_chunk().map(|pair| pair.map(key))
}
