//! The keys of a keyboard (letters, digits and signs), the kinds that a text has, and the case of its letters.

/// The number of keys: letters, digits and signs. A capital letter has the key of the small one.
pub(super) const KEYS: usize = SIGNS + 33;
pub(super) const DIGITS: usize = 26;
pub(super) const SIGNS: usize = DIGITS + 10;

/// Returns the number of a character's key; that of the space bar for non-ASCII characters.
pub(super) const fn key(byte: u8) -> usize {
    (match byte {
        b'a'..=b'z' => byte - b'a',
        b'A'..=b'Z' => byte - b'A',
        b'0'..=b'9' => byte - b'0' + 26,
        b' '..=b'/' => byte - b' ' + 36,
        b':'..=b'@' => byte - b':' + 52,
        b'['..=b'`' => byte - b'[' + 59,
        b'{'..=b'~' => byte - b'{' + 65,
        _ => 36,
    }) as usize
}

const fn kind(key: usize) -> usize {
    match key {
        0..DIGITS => 0,
        DIGITS..SIGNS => 1,
        _ => 2,
    }
}

/// The kinds of keys that a text has, and how often each has occurred.
#[derive(Clone)]
pub(super) struct Kinds {
    has: [bool; 3],
    counts: [f32; 3],
}

impl Kinds {
    pub(super) fn of(text: &[u8]) -> Self {
        let has = std::array::from_fn(|kind| text.iter().any(|byte| self::kind(key(*byte)) == kind));
        let known = [10.0, 2.5, 1.2];
        Self { has, counts: std::array::from_fn(|kind| if has[kind] { known[kind] } else { 0.0 }) }
    }

    /// Returns the price of naming the kinds. The probabilities of all seven combinations add up to one.
    pub(super) fn price(&self) -> f32 {
        let share: f32 = match self.has {
            [true, false, false] => 0.66,
            [true, true, false] => 0.12,
            [true, false, true] => 0.12,
            [true, true, true] => 0.07,
            _ => 0.01,
        };
        -share.log2()
    }

    pub(super) fn share(&mut self, key: usize) -> f32 {
        let all: f32 = self.counts.iter().sum();
        let Some(count) = self.counts.get_mut(kind(key)) else { return 0.0 };
        let share = *count / all;
        *count += 1.0;
        share
    }
}

/// The case of letters, which mostly stays the same.
#[derive(Clone)]
pub(super) struct Cases {
    is_mixed: bool,
    is_upper: bool,
}

impl Cases {
    pub(super) fn of(text: &[u8]) -> Self {
        let is_upper = text.iter().any(u8::is_ascii_uppercase);
        let is_mixed = is_upper && text.iter().any(u8::is_ascii_lowercase);
        Self { is_mixed, is_upper: is_upper && !is_mixed }
    }

    /// Returns the price of naming the cases. The probabilities of the three add up to one.
    pub(super) fn price(&self) -> f32 {
        let share: f32 = match (self.is_mixed, self.is_upper) {
            (true, _) => 0.1,
            (false, true) => 0.08,
            (false, false) => 0.82,
        };
        -share.log2()
    }

    pub(super) fn share(&mut self, byte: u8) -> f32 {
        if !(self.is_mixed && byte.is_ascii_alphabetic()) {
            return 1.0;
        }
        let is_upper = byte.is_ascii_uppercase();
        let stays = std::mem::replace(&mut self.is_upper, is_upper) == is_upper;
        if stays { 0.9 } else { 0.1 }
    }
}
