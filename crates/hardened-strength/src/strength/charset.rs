//! The alphabet that a text uses, and the bits of its length in that alphabet.

/// The alphabet in use. It counts classes, not the letters seen: 44 characters of base64 rarely show all 64.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Charset {
    /// The number of characters in the alphabet.
    pub(super) size: u32,
    /// The number of characters in the text.
    pub(super) characters: usize,
    /// Whether a byte in 0x80..=0xBF continues a character instead of being one.
    pub(super) multibyte: bool,
}

impl Charset {
    /// Returns the alphabet of `bytes`: that of a text, or all 256 bytes if they are not text.
    pub(super) fn of(bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) if !text.chars().any(is_binary) => Self::of_text(text),
            _ => Self { size: 256, characters: bytes.len(), multibyte: false },
        }
    }

    /// Returns length × log2(size of the alphabet), in whole bits.
    pub(super) fn nominal_bits(self) -> u32 {
        // A rounding error must not turn 144 bits into 143.
        (self.characters as f64 * f64::from(self.size.max(1)).log2() + 1e-6) as u32
    }

    fn of_text(text: &str) -> Self {
        let mut seen = Seen::default();
        let mut characters = 0;
        for character in text.chars() {
            seen.note(character);
            characters += 1;
        }
        Self { size: seen.size(), characters, multibyte: true }
    }
}

/// Returns whether a character is a control character other than line breaks and tabs, which no text contains.
fn is_binary(character: char) -> bool {
    character.is_control() && !matches!(character, '\n' | '\r' | '\t')
}

/// The classes of characters that a text has.
#[derive(Default)]
struct Seen {
    digit: bool,
    lower_hex: bool,
    upper_hex: bool,
    lower: bool,
    upper: bool,
    url_safe: bool,
    base64: bool,
    symbol: bool,
    two_bytes: bool,
    more_bytes: bool,
}

impl Seen {
    fn note(&mut self, character: char) {
        match character {
            '0'..='9' => self.digit = true,
            'a'..='f' => self.lower_hex = true,
            'A'..='F' => self.upper_hex = true,
            'g'..='z' => self.lower = true,
            'G'..='Z' => self.upper = true,
            '-' | '_' => self.url_safe = true,
            '+' | '/' | '=' => self.base64 = true,
            '\0'..='\x7f' => self.symbol = true,
            '\u{80}'..='\u{7ff}' => self.two_bytes = true,
            _ => self.more_bytes = true,
        }
    }

    fn size(&self) -> u32 {
        self.letters_and_digits() + self.symbols() + self.beyond_ascii()
    }

    fn letters_and_digits(&self) -> u32 {
        let hex_of_one_case = self.lower_hex != self.upper_hex;
        let letters_beyond_hex = self.lower || self.upper;
        if hex_of_one_case && !letters_beyond_hex {
            return 16;
        }
        let lower = self.lower || self.lower_hex;
        let upper = self.upper || self.upper_hex;
        26 * u32::from(lower) + 26 * u32::from(upper) + 10 * u32::from(self.digit)
    }

    fn symbols(&self) -> u32 {
        if self.symbol { 33 } else { 2 * u32::from(self.url_safe) + 2 * u32::from(self.base64) }
    }

    /// Counts scripts, not code points, because nobody chooses from all of Unicode.
    fn beyond_ascii(&self) -> u32 {
        128 * u32::from(self.two_bytes) + 1024 * u32::from(self.more_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::Charset;

    #[test]
    fn each_alphabet_has_its_size() {
        for (text, size) in [
            ("", 0),
            ("0123", 10),
            ("0123abc", 16),
            ("0123ABC", 16),
            ("012abcABC", 62),
            ("abcg", 26),
            ("abcg0", 36),
            ("GgA0", 62),
            ("Gg0+/=", 64),
            ("Gg0-_", 64),
            ("Gg0!", 95),
            ("g0(=_", 69),
            ("é", 128),
            ("鍵", 1024),
            ("\u{1}abc", 256),
        ] {
            assert_eq!(Charset::of(text.as_bytes()).size, size, "{text:?}");
        }
        assert_eq!(Charset::of(&[0xff, 0xfe]).size, 256);
    }

    #[test]
    fn nominal_bits_are_length_times_log2_of_the_alphabet() {
        for (length, character, other, bits) in [
            (35, 'a', '0', 140),
            (36, 'a', '0', 144),
            (43, '1', '0', 142),
            (44, '1', '0', 146),
            (24, 'z', '0', 124),
            (28, 'z', '0', 144),
            (30, 'z', 'x', 141),
            (31, 'z', 'x', 145),
        ] {
            let text: String = (0..length).map(|at| if at % 2 == 0 { character } else { other }).collect();
            assert_eq!(Charset::of(text.as_bytes()).nominal_bits(), bits, "{text}");
        }
    }

    #[test]
    fn a_character_of_several_bytes_counts_once() {
        let charset = Charset::of("鍵鍵鍵".as_bytes());
        assert_eq!((charset.characters, charset.nominal_bits()), (3, 30));
    }
}
