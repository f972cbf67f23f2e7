//! Reads on in a text as a program would: past escapes, from one string literal into the next, over line breaks.

use std::iter::Take;

use memchr::memchr3;

use super::escape::{self, Kinds, Meaning};

/// The most bytes between two string literals that make up one value.
const BETWEEN: usize = 64;
/// The most bytes of text for one byte of what it stands for: `"`, what is between two literals, `"`, and an escape.
const EXPANSION: usize = 80;

/// How a text is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Manner {
    /// Which escapes are resolved.
    pub(crate) escapes: Kinds,
    /// Whether string literals and lines are joined.
    pub(crate) joins: bool,
    /// Whether a line goes on behind the mark of a comment, or of a quote in mail.
    pub(crate) marks: bool,
    /// The quote that ends the literal that it is in, where that is known.
    pub(crate) quote: Option<u8>,
    /// Whether its quotes are escaped themselves, as in code inside of JSON.
    pub(crate) quotes_escaped: bool,
}

/// Reads from a place on: the bytes that a program would see.
pub(crate) struct Reader<'t> {
    text: &'t [u8],
    at: usize,
    manner: Manner,
    /// The quote that ends the literal that it is in, where that is known.
    quote: Option<u8>,
    /// The rest of a character that was written as an escape.
    symbol: [u8; 4],
    left: usize,
}

impl<'t> Reader<'t> {
    /// Reads at most so many bytes.
    pub(crate) fn new(text: &'t [u8], from: usize, manner: Manner, most: usize) -> Take<Self> {
        let end = text.len().min(from.saturating_add(most.saturating_mul(EXPANSION)));
        let text = text.get(..end).unwrap_or_default();
        Self { text, at: from, manner, quote: manner.quote, symbol: [0; 4], left: 0 }.take(most)
    }

    /// Where the literal ends here: the place of the quote.
    fn closing(&self, byte: u8) -> Option<usize> {
        let escaped = || self.text.get(self.at + 1).copied().filter(|_| byte == b'\\' && self.manner.quotes_escaped);
        let (quote, at) = match escaped() {
            Some(quote) if is_quote(quote) => (quote, self.at + 1),
            _ if is_quote(byte) => (byte, self.at),
            _ => return None,
        };
        self.quote.is_none_or(|known| known == quote).then_some(at)
    }

    fn escaped(&mut self, meaning: Meaning) -> Option<u8> {
        match meaning {
            Meaning::Nothing => None,
            // A line break in a value that is joined from lines.
            Meaning::Byte(b'\n' | b'\r') | Meaning::Symbol('\n' | '\r') if self.manner.joins => None,
            Meaning::Byte(byte) => Some(byte),
            Meaning::Symbol(symbol) => {
                // From the end on, so that the rest of it is in front.
                self.left = symbol.encode_utf8(&mut self.symbol).len();
                self.symbol.get_mut(..self.left).unwrap_or_default().reverse();
                self.rest()
            }
        }
    }

    fn rest(&mut self) -> Option<u8> {
        self.left = self.left.checked_sub(1)?;
        self.symbol.get(self.left).copied()
    }
}

impl Iterator for Reader<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        if let Some(byte) = self.rest() {
            return Some(byte);
        }
        loop {
            let byte = *self.text.get(self.at)?;
            if self.manner.joins
                && let Some(closing) = self.closing(byte)
            {
                let opening = next_quote(self.text, closing + 1)?;
                self.quote = self.text.get(opening).copied();
                self.at = opening + 1;
            } else if self.manner.joins && is_end_of_line(self.text, self.at) {
                self.at = next_line(self.text, self.at, self.manner.marks);
            } else if self.manner.escapes.begin_with(byte)
                && let Some(found) = escape::at(self.text, self.at)
            {
                self.at = found.end;
                if let Some(byte) = self.escaped(found.stands_for) {
                    return Some(byte);
                }
            } else {
                self.at += 1;
                return Some(byte);
            }
        }
    }
}

pub(crate) const fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`')
}

/// The place of the quote that begins the next literal, if one is near.
fn next_quote(text: &[u8], from: usize) -> Option<usize> {
    let near = text.get(from..text.len().min(from + BETWEEN))?;
    memchr3(b'"', b'\'', b'`', near).map(|distance| from + distance)
}

/// Whether two quotes are near enough to be the end of one literal and the beginning of the next.
pub(crate) const fn is_near(closing: usize, opening: usize) -> bool {
    opening - closing <= BETWEEN
}

/// Whether the line ends here, but for white space.
fn is_end_of_line(text: &[u8], at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    let is_space = rest.first().is_some_and(u8::is_ascii_whitespace);
    is_space
        && rest
            .iter()
            .take(BETWEEN)
            .find(|byte| !matches!(byte, b' ' | b'\t'))
            .is_some_and(|byte| matches!(byte, b'\n' | b'\r'))
}

/// Where the text of the next line begins.
fn next_line(text: &[u8], at: usize, marks: bool) -> usize {
    let begin = escape::behind_space(text, at);
    if marks { behind_marks(text, begin) } else { begin }
}

/// The place behind the mark of a comment, or of a quote in mail.
pub(crate) fn behind_marks(text: &[u8], begin: usize) -> usize {
    let rest = text.get(begin..).unwrap_or_default();
    let marks = rest.iter().take(4).take_while(|byte| b"#/*>|;+-!".contains(byte)).count();
    begin + marks + rest.iter().skip(marks).take_while(|byte| **byte == b' ').count()
}
