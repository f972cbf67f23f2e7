//! The spelling of a text: its cases, signs and digits, on which the probabilities of a reading depend.

/// The signs that people write between words.
pub(super) const SIGNS: &[u8; 4] = b"-_ .";

/// A style of spelling. One or two fit each text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    lower: bool,
    upper: bool,
    pub(super) signs: bool,
    digits: bool,
    /// Whether digits and `@$!` can replace letters.
    pub(super) look_alikes: bool,
    others: bool,
    /// The number of replaceable letters that were replaced, and the number that were not.
    replaced: f32,
    plain: f32,
}

/// The case of the previous letter, as far as it predicts that of the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Lower,
    /// A capital at the start of a word.
    Capital,
    Upper,
}

impl Style {
    /// Returns the styles that fit a text.
    pub(super) fn fitting(text: &[u8]) -> impl Iterator<Item = Self> {
        let has = |kind: fn(u8) -> bool| text.iter().any(|byte| kind(*byte));
        let plain = Self {
            lower: has(|byte| byte.is_ascii_lowercase()),
            upper: has(|byte| byte.is_ascii_uppercase()),
            signs: has(|byte| SIGNS.contains(&byte)),
            digits: has(|byte| byte.is_ascii_digit()),
            look_alikes: false,
            others: has(|byte| byte.is_ascii_punctuation() && !SIGNS.contains(&byte)),
            replaced: 4.0,
            plain: 3.2,
        };
        let disguised = has(|byte| !letters_like(byte).is_empty()).then_some(Self { look_alikes: true, ..plain });
        [Some(plain), disguised].into_iter().flatten()
    }

    /// Returns the price of naming this style, in bits. The probabilities of all styles add up to one.
    pub(super) fn price(self) -> f32 {
        let case: f32 = match (self.lower, self.upper) {
            (true, true) => 0.3,
            (true, false) => 0.58,
            _ => 0.12,
        };
        let digits = match (self.digits, self.look_alikes) {
            (_, true) => 0.32,
            (true, false) => 0.22,
            (false, false) => 0.46,
        };
        let others = if self.others { 0.12 } else { 0.88 };
        let signs = if self.signs { 0.25 } else { 0.75 };
        -(case * signs * digits * others).log2()
    }

    /// Returns the probability of a digit after a letter, another digit or a sign.
    pub(super) fn digit(self, after: After) -> f32 {
        match (after, self.digits, self.look_alikes) {
            (_, false, _) => 0.0,
            (After::Letter, _, false) => 0.05,
            (After::Letter, _, true) => 0.008,
            (After::Digit, _, false) => 0.6,
            (After::Digit, _, true) => 0.3,
            (After::Sign, ..) => 0.1,
        }
    }

    /// Returns the probability of a sign where no word ends.
    pub(super) fn sign(self, after: After) -> f32 {
        match (self.signs, after) {
            (true, After::Digit) => 0.3,
            (true, After::Sign) => 0.02,
            _ => 0.0,
        }
    }

    pub(super) fn other(self) -> f32 {
        if self.others { 0.04 } else { 0.0 }
    }

    /// Returns the probability of a letter after a sign or a digit.
    pub(super) fn letter(self, after: After) -> f32 {
        1.0 - self.digit(after) - self.sign(after) - self.other()
    }

    /// Returns the probability that a word is joined to the next one without a sign.
    pub(super) fn joined(self) -> f32 {
        if self.signs { 0.1 } else { 1.0 }
    }

    /// Returns the probability of a letter's case: within a word, at the start of a joined word, and after a sign.
    pub(super) fn case(self, upper: bool, place: Place) -> f32 {
        if !(self.lower && self.upper) {
            return 1.0;
        }
        let upper_share = match place {
            Place::Inside(Case::Lower) => 0.03,
            Place::Inside(Case::Capital) => 0.15,
            Place::Inside(Case::Upper) => 0.9,
            Place::Joined => 0.85,
            Place::First => 0.5,
        };
        if upper { upper_share } else { 1.0 - upper_share }
    }

    /// Returns the probability that a letter is written as itself.
    pub(super) fn plain(self, letter: u8) -> f32 {
        if self.look_alikes { 1.0 - self.replaced(letter) } else { 1.0 }
    }

    /// Returns the probability that a letter is written as a digit or sign that resembles it.
    pub(super) fn disguised(self, letter: u8, byte: u8) -> f32 {
        let has_sign = self.others && matches!(letter, b'a' | b'i' | b's');
        let of_its_kind = match (byte.is_ascii_digit(), has_sign) {
            (true, true) => 0.75,
            (true, false) => 1.0,
            (false, _) => 0.25,
        };
        let of_two = if letter == b'g' { 0.5 } else { 1.0 };
        self.replaced(letter) * of_its_kind * of_two
    }

    /// Returns the probability that a letter is replaced in a text with look-alikes.
    fn replaced(self, letter: u8) -> f32 {
        match letter {
            b'a' | b'e' | b'i' | b'o' | b's' => self.replaced / (self.replaced + self.plain),
            b't' => 0.1,
            b'b' | b'g' | b'l' | b'z' => 0.04,
            _ => 0.0,
        }
    }

    /// Records whether a letter was replaced.
    pub(super) fn learn(&mut self, byte: u8) {
        match byte.to_ascii_lowercase() {
            b'a' | b'e' | b'i' | b'o' | b's' => self.plain += 1.0,
            b'0' | b'1' | b'3' | b'4' | b'5' | b'@' | b'$' | b'!' => self.replaced += 1.0,
            _ => {}
        }
    }
}

/// The kind of the last character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    Letter,
    Digit,
    /// A sign, or the start of the text.
    Sign,
}

/// The place of a letter.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    Inside(Case),
    Joined,
    First,
}

/// Returns the letters that a digit or sign can replace.
pub(super) fn letters_like(byte: u8) -> &'static [u8] {
    match byte {
        b'0' => b"o",
        b'1' => b"il",
        b'2' => b"z",
        b'3' => b"e",
        b'4' | b'@' => b"a",
        b'5' | b'$' => b"s",
        b'6' | b'9' => b"g",
        b'7' => b"t",
        b'8' => b"b",
        b'!' => b"i",
        _ => b"",
    }
}

/// Returns the probability of a sign that is not in [`SIGNS`]. Their sum is at most one.
pub(super) fn share_of_other(byte: u8) -> f32 {
    match byte {
        b',' => 0.2,
        b'\'' | b'!' => 0.12,
        b'?' | b':' => 0.06,
        _ => 0.015,
    }
}

#[cfg(test)]
mod tests {
    use super::{SIGNS, Style, letters_like, share_of_other};

    #[test]
    fn the_ways_to_write_a_letter_share_out_what_is_replaced() {
        for text in ["s3cret", "s3cret!"] {
            let Some(style) = Style::fitting(text.as_bytes()).find(|style| style.look_alikes) else {
                panic!("{text} has look-alikes");
            };
            for letter in b'a'..=b'z' {
                let kinds = (b'!'..=b'~').filter(|byte| byte.is_ascii_digit() || text.contains('!'));
                let ways = kinds.filter(|byte| letters_like(*byte).contains(&letter));
                let sum: f32 = ways.map(|byte| style.disguised(letter, byte)).sum();
                assert!((sum - style.replaced(letter)).abs() < 1e-6, "{}: {sum}", char::from(letter));
            }
        }
    }

    #[test]
    fn the_shares_of_other_signs_are_one_at_most() {
        let others = (b'!'..=b'~').filter(|byte| byte.is_ascii_punctuation() && !SIGNS.contains(byte));
        let sum: f32 = others.map(share_of_other).sum();
        assert!(sum <= 1.0, "{sum}");
    }
}
