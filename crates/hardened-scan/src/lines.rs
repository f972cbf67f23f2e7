//! Counts lines and columns in a text that is read piece by piece.

use memchr::{memchr_iter, memrchr};

/// A position in a text, as the number of line breaks and of characters in the current line that precede it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Lines {
    breaks: u64,
    characters: u64,
}

impl Lines {
    /// Returns the position behind a piece that begins here.
    pub(crate) fn after(self, piece: &[u8]) -> Self {
        match memrchr(b'\n', piece) {
            Some(last) => Self {
                breaks: self.breaks + memchr_iter(b'\n', piece).count() as u64,
                characters: characters(piece.get(last + 1..).unwrap_or_default()),
            },
            None => Self { characters: self.characters + characters(piece), ..self },
        }
    }

    /// Returns the line and the column in characters, both from 1.
    pub(crate) fn line_and_column(self) -> (u32, u32) {
        let number = |count: u64| u32::try_from(count + 1).unwrap_or(u32::MAX);
        (number(self.breaks), number(self.characters))
    }
}

/// Returns the number of characters of UTF-8; the later bytes of a character begin with the bits `10`.
fn characters(text: &[u8]) -> u64 {
    text.iter().filter(|byte| **byte & 0xC0 != 0x80).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_are_counted_from_one_however_the_text_is_divided() {
        for (text, expected) in [
            ("", (1, 1)),
            ("ab", (1, 3)),
            ("ab\n", (2, 1)),
            ("ab\ncd", (2, 3)),
            ("\n\n\n", (4, 1)),
            ("a\r\nb", (2, 2)),
            ("\u{e9}\u{1f600}x", (1, 4)),
            ("\u{e9}\n\u{1f600}x", (2, 3)),
        ] {
            assert_eq!(Lines::default().after(text.as_bytes()).line_and_column(), expected, "{text:?}");
            for middle in 0..=text.len() {
                let (first, second) = text.as_bytes().split_at(middle);
                let divided = Lines::default().after(first).after(second);
                assert_eq!(divided.line_and_column(), expected, "{text:?} at {middle}");
            }
        }
    }
}
