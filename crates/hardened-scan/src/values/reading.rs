//! Reads text as a program would: resolves escapes, joins string literals, and continues over line breaks.

use std::iter::Take;

use memchr::memchr3;

use super::escape::{self, Kinds, Meaning};

/// The maximum number of bytes between two string literals that form one value.
const BETWEEN: usize = 64;
/// The maximum length of text for one decoded byte: a quote, the text between two literals, another quote, and an escape.
const EXPANSION: usize = 80;

/// The manner in which a text is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Manner {
    /// The escapes that are decoded.
    pub(crate) escapes: Kinds,
    /// Whether string literals and lines are joined.
    pub(crate) joins: bool,
    /// Whether a comment mark, or a quote mark of an e-mail, is skipped at the start of a line.
    pub(crate) marks: bool,
    /// The quote that ends the literal at the start, if it is known.
    pub(crate) quote: Option<u8>,
    /// Whether the quotes are escaped themselves, as in code inside JSON.
    pub(crate) quotes_escaped: bool,
}

/// An iterator over the bytes that a program would read from a position on.
pub(crate) struct Reader<'t> {
    text: &'t [u8],
    at: usize,
    manner: Manner,
    /// The quote that ends the current literal, if it is known.
    quote: Option<u8>,
    /// The bytes of an escaped character that are not returned yet, in reverse order.
    symbol: [u8; 4],
    left: usize,
}

impl<'t> Reader<'t> {
    /// Creates a reader that returns at most `most` bytes.
    pub(crate) fn new(text: &'t [u8], from: usize, manner: Manner, most: usize) -> Take<Self> {
        let end = text.len().min(from.saturating_add(most.saturating_mul(EXPANSION)));
        let text = text.get(..end).unwrap_or_default();
        Self { text, at: from, manner, quote: manner.quote, symbol: [0; 4], left: 0 }.take(most)
    }

    /// Returns the position of the quote that ends the literal, if the current byte does.
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
            // Line breaks are dropped when lines are joined.
            Meaning::Byte(b'\n' | b'\r') | Meaning::Symbol('\n' | '\r') if self.manner.joins => None,
            Meaning::Byte(byte) => Some(byte),
            Meaning::Symbol(symbol) => {
                // Reversed, because `rest` takes bytes from the end.
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

/// Returns the position of the quote that begins the next literal, if one is near.
fn next_quote(text: &[u8], from: usize) -> Option<usize> {
    let near = text.get(from..text.len().min(from + BETWEEN))?;
    memchr3(b'"', b'\'', b'`', near).map(|distance| from + distance)
}

/// Returns whether two quotes are near enough to end one literal and begin the next.
pub(crate) const fn is_near(closing: usize, opening: usize) -> bool {
    opening - closing <= BETWEEN
}

/// Returns whether only white space follows on the line.
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

/// Returns the position where the text of the next line begins.
fn next_line(text: &[u8], at: usize, marks: bool) -> usize {
    let begin = escape::behind_space(text, at);
    if marks { behind_marks(text, begin) } else { begin }
}

/// Returns the position after a comment mark, or the quote mark of an e-mail.
pub(crate) fn behind_marks(text: &[u8], begin: usize) -> usize {
    let rest = text.get(begin..).unwrap_or_default();
    let marks = rest.iter().take(4).take_while(|byte| b"#/*>|;+-!".contains(byte)).count();
    begin + marks + rest.iter().skip(marks).take_while(|byte| **byte == b' ').count()
}
