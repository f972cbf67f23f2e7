//! The spelling of a word: its case and its look-alikes.

use super::cost::{Cost, bits};

/// The style in which the letters of a word are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Lower,
    Capital,
    Upper,
    /// With look-alikes, in any case.
    Disguised,
}

impl Style {
    pub(super) const COUNT: usize = 4;

    /// Returns the index of the style.
    pub(super) fn index(self) -> usize {
        self as usize
    }
}

/// The prices in a disguised word for each letter with look-alikes: kept, or replaced by one of two.
pub(super) const KEPT: Cost = bits(1.0);
pub(super) const REPLACED: Cost = bits(2.0);

/// A way to read the text so far as the beginning of a word.
#[derive(Clone, Copy, Default)]
pub(super) struct Reading {
    pub(super) node: u16,
    pub(super) look_alikes: bool,
    /// The price of the look-alikes, and of the letters that were kept although they have some.
    pub(super) price: Cost,
}

/// The cases of the letters read so far.
#[derive(Default)]
pub(super) struct Cases {
    first_upper: bool,
    later_upper: bool,
    lower: bool,
    letters: usize,
}

impl Cases {
    pub(super) fn note(&mut self, byte: u8, at: usize) {
        self.letters += usize::from(byte.is_ascii_alphabetic());
        self.lower |= byte.is_ascii_lowercase();
        if byte.is_ascii_uppercase() {
            self.first_upper |= at == 0;
            self.later_upper |= at > 0;
        }
    }

    /// Returns the styles in which a word can be read, and what each adds to its price. A word with too few letters to decide
    /// has several plain styles.
    pub(super) fn styles(&self, reading: &Reading) -> impl Iterator<Item = (Style, Cost)> {
        let any_upper = self.first_upper || self.later_upper;
        let capital = self.first_upper && !self.later_upper || self.letters == 0;
        let cases = [
            (!any_upper, Style::Lower, bits(1.0)),
            (capital, Style::Capital, bits(2.0)),
            (!self.lower, Style::Upper, bits(2.0)),
        ];
        let (plain, price) = (!reading.look_alikes, reading.price);
        cases.into_iter().filter(|(fits, ..)| *fits).flat_map(move |(_, style, case)| {
            let plainly = plain.then_some((style, 0));
            let disguised = (Style::Disguised, price + case);
            plainly.into_iter().chain([disguised])
        })
    }
}

/// A few readings at once. No word needs more than fit.
#[derive(Default)]
pub(super) struct Readings {
    some: [Reading; 6],
    count: usize,
}

impl Readings {
    pub(super) fn start() -> Self {
        let mut readings = Self::default();
        readings.push(Reading { node: 0, look_alikes: false, price: 0 });
        readings
    }

    pub(super) fn push(&mut self, reading: Reading) {
        if let Some(free) = self.some.get_mut(self.count) {
            *free = reading;
            self.count += 1;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Reading> {
        self.some.iter().take(self.count)
    }
}

/// Returns the letters that a character can stand for.
pub(super) fn look_alikes(byte: u8) -> &'static [u8] {
    match byte {
        b'0' => b"o",
        b'1' => b"il",
        b'2' => b"z",
        b'3' => b"e",
        b'4' | b'@' => b"a",
        b'5' | b'$' => b"s",
        b'6' | b'9' => b"g",
        b'7' | b'+' => b"t",
        b'8' => b"b",
        b'!' => b"i",
        _ => b"",
    }
}

pub(super) fn has_look_alikes(letter: u8) -> bool {
    matches!(letter, b'a' | b'b' | b'e' | b'g' | b'i' | b'l' | b'o' | b's' | b't' | b'z')
}

#[cfg(test)]
mod tests {
    use super::{has_look_alikes, look_alikes};

    #[test]
    fn a_letter_has_two_look_alikes_at_most() {
        for letter in b'a'..=b'z' {
            let signs = (0..=u8::MAX).filter(|sign| look_alikes(*sign).contains(&letter));
            let count = signs.count();
            assert!(count <= 2 && (count > 0) == has_look_alikes(letter));
        }
    }
}
