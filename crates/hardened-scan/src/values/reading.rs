//! Reads on in a text as a program would: past escapes, from one string literal into the next, over line breaks.

use zeroize::Zeroizing;

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

/// Reads from a place on, until there are so many bytes or the text ends. What is read replaces what is in `read`.
pub(crate) fn on(text: &[u8], from: usize, manner: Manner, most: usize, read: &mut Zeroizing<Vec<u8>>) {
    read.clear();
    let (mut at, mut quote) = (from, manner.quote);
    let end = text.len().min(from.saturating_add(most.saturating_mul(EXPANSION)));
    while let Some(byte) = text.get(at).copied().filter(|_| at < end && read.len() < most) {
        let escaped_quote =
            || text.get(at + 1).copied().filter(|next| is_quote(*next) && byte == b'\\' && manner.quotes_escaped);
        if manner.joins
            && let Some(closing) = Some(byte).filter(|byte| is_quote(*byte)).or_else(escaped_quote)
            && quote.is_none_or(|quote| quote == closing)
        {
            let closing_at = at + usize::from(closing != byte);
            let Some(opening) = next_quote(text, closing_at + 1) else { return };
            quote = text.get(opening).copied();
            at = opening + 1;
        } else if manner.joins && is_end_of_line(text, at) {
            at = next_line(text, at, manner.marks);
        } else if manner.escapes.begin_with(byte)
            && let Some(found) = escape::at(text, at)
        {
            push(found.stands_for, manner.joins, read);
            at = found.end;
        } else {
            read.push(byte);
            at += 1;
        }
    }
}

fn push(meaning: Meaning, joins: bool, read: &mut Zeroizing<Vec<u8>>) {
    match meaning {
        Meaning::Nothing => {}
        // A line break in a value that is joined from lines.
        Meaning::Byte(b'\n' | b'\r') if joins => {}
        Meaning::Byte(byte) => read.push(byte),
        Meaning::Symbol(symbol) => read.extend_from_slice(symbol.encode_utf8(&mut [0; 4]).as_bytes()),
    }
}

pub(crate) const fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`')
}

/// The place of the quote that begins the next literal, if one is near.
fn next_quote(text: &[u8], from: usize) -> Option<usize> {
    let near = text.get(from..)?.iter().take(BETWEEN);
    near.copied().position(is_quote).map(|distance| from + distance)
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
pub(crate) fn next_line(text: &[u8], at: usize, marks: bool) -> usize {
    let begin = escape::behind_space(text, at);
    if !marks {
        return begin;
    }
    let behind = begin
        + text.get(begin..).unwrap_or_default().iter().take(4).take_while(|byte| b"#/*>|;+-!".contains(byte)).count();
    behind + text.get(behind..).unwrap_or_default().iter().take_while(|byte| **byte == b' ').count()
}
