//! Parses lists of bytes: `[112, 97, 115]`, `{0x70, 0x61}`, `70:61:73`.

use zeroize::Zeroizing;

use super::{codec::hex_byte, escape::behind_space};

/// The style in which the bytes of a list are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// Decimal numbers, or hexadecimal ones with a prefix: `112, 0x70`.
    Numbers,
    /// Two hexadecimal digits for each byte: `70 61`.
    Pairs,
}

/// The maximum number of bytes of a list that are read at once.
const LONGEST: usize = 1 << 16;

/// Reads the list at a position and returns its end. Replaces the content of `bytes`.
pub(crate) fn at(text: &[u8], from: usize, style: Style, bytes: &mut Zeroizing<Vec<u8>>) -> usize {
    bytes.clear();
    let mut at = from;
    while let Some((byte, end)) = element(text, at, style).filter(|_| bytes.len() < LONGEST) {
        bytes.push(byte);
        at = separator(text, end, style);
        if at == end {
            break;
        }
    }
    at
}

/// Returns where the list with this first digit begins. A sign, or pairs that begin with letters, can precede it.
pub(crate) fn start(text: &[u8], at: usize, style: Style) -> usize {
    let before = text.get(..at).unwrap_or_default();
    match style {
        Style::Numbers => at - usize::from(before.last() == Some(&b'-')),
        Style::Pairs => pairs_before(before).unwrap_or(at),
    }
}

/// Returns the beginning of the pairs that a text ends with, each followed by a separator.
fn pairs_before(text: &[u8]) -> Option<usize> {
    let mut start = None;
    let mut end = text.len();
    loop {
        let rest = text.get(..end)?;
        let marks = rest.iter().rev().take(2).take_while(|byte| b" ,;:-\n".contains(byte)).count();
        let from = end.checked_sub(marks + 2).filter(|_| marks > 0);
        let begins = |from: &usize| text.get(*from).is_some_and(u8::is_ascii_alphabetic) && !is_in_word(text, *from);
        let Some(from) = from.filter(|from| begins(from) && element(text, *from, Style::Pairs).is_some()) else {
            return start;
        };
        (start, end) = (Some(from), from);
    }
}

/// Returns whether a letter or digit precedes a position.
fn is_in_word(text: &[u8], at: usize) -> bool {
    at.checked_sub(1).and_then(|before| text.get(before)).is_some_and(u8::is_ascii_alphanumeric)
}

/// Returns the position after a separator; the same position if there is none.
fn separator(text: &[u8], from: usize, style: Style) -> usize {
    let at = behind_space(text, from);
    match (text.get(at), style) {
        (Some(b',' | b';'), Style::Numbers) => behind_index(text, continued(text, at + 1)),
        (Some(b',' | b';' | b':' | b'-'), Style::Pairs) => continued(text, at + 1),
        _ if at > from => continued(text, at),
        (Some(b')'), Style::Numbers) => next_call(text, at + 1).unwrap_or(at),
        _ => at,
    }
}

/// Returns the position after white space, including a backslash that continues a line of a macro, a shell or the registry.
fn continued(text: &[u8], from: usize) -> usize {
    let at = behind_space(text, from);
    if text.get(at) == Some(&b'\\') { behind_space(text, at + 1) } else { at }
}

/// Returns the position after `"12":`, with which JavaScript writes arrays of bytes.
fn behind_index(text: &[u8], at: usize) -> usize {
    let Some(rest) = text.get(at..).and_then(|rest| rest.strip_prefix(b"\"")) else { return at };
    let digits = rest.iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
    match rest.get(digits..digits + 2) {
        Some(b"\":") if digits > 0 => behind_space(text, at + 1 + digits + 2),
        _ => at,
    }
}

/// Returns the position after `) + chr(` or `)||CHAR(`, where each byte is the argument of a call.
fn next_call(text: &[u8], from: usize) -> Option<usize> {
    const LONGEST: usize = 24;
    let rest = text.get(from..)?;
    let is_between = |byte: &u8| byte.is_ascii_alphabetic() || b"+.&|, \t\r\n".contains(byte);
    let length = rest.iter().take(LONGEST).take_while(|byte| is_between(byte)).count();
    (rest.get(length) == Some(&b'(')).then_some(from + length + 1)
}

fn element(text: &[u8], at: usize, style: Style) -> Option<(u8, usize)> {
    match style {
        Style::Pairs => {
            let byte = hex_byte(*text.get(at)?, *text.get(at + 1)?)?;
            let is_longer = text.get(at + 2).is_some_and(u8::is_ascii_alphanumeric);
            (!is_longer).then_some((byte, at + 2))
        }
        Style::Numbers => number(text, at),
    }
}

/// Parses a number: `112`, `-16`, `0x70`, `112u8`, `(byte)0x70`.
fn number(text: &[u8], from: usize) -> Option<(u8, usize)> {
    const CAST: &[u8] = b"(byte)";
    let at = if text.get(from..)?.starts_with(CAST) { behind_space(text, from + CAST.len()) } else { from };
    let rest = text.get(at..)?;
    let (value, length) = if rest.starts_with(b"0x") || rest.starts_with(b"0X") {
        let digits = rest.get(2..)?.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
        (number_of(rest.get(2..2 + digits)?, 16)?, 2 + digits)
    } else {
        let sign = usize::from(rest.first() == Some(&b'-'));
        let digits = rest.get(sign..)?.iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
        let value = number_of(rest.get(sign..sign + digits)?, 10)?;
        // In Java, bytes are signed.
        (if sign == 1 { 256_u32.checked_sub(value).filter(|byte| *byte >= 128)? } else { value }, sign + digits)
    };
    let mut end = at + length;
    for suffix in [&b"u8"[..], b"_u8", b"i8"] {
        if text.get(end..).is_some_and(|rest| rest.starts_with(suffix)) {
            end += suffix.len();
        }
    }
    let is_longer = text.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_'));
    let byte = u8::try_from(value).ok()?;
    (!is_longer).then_some((byte, end))
}

fn number_of(digits: &[u8], radix: u32) -> Option<u32> {
    u32::from_str_radix(std::str::from_utf8(digits).ok()?, radix).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_begins_before_its_first_digit() {
        for (text, style, expected) in [
            ("[-112, 97", Style::Numbers, "-112, 97"),
            ("[112, 97", Style::Numbers, "112, 97"),
            ("x: f4 e1 d2 31", Style::Pairs, "f4 e1 d2 31"),
            ("f4:e1:31", Style::Pairs, "f4:e1:31"),
            ("be 31", Style::Pairs, "be 31"),
            ("abe 31", Style::Pairs, "31"),
            ("x 31", Style::Pairs, "31"),
            ("31", Style::Pairs, "31"),
        ] {
            let digit = text.find(|symbol: char| symbol.is_ascii_digit()).filter(|_| style == Style::Numbers);
            let at = digit.unwrap_or(text.find("31").unwrap_or_default());
            assert_eq!(&text[start(text.as_bytes(), at, style)..], expected, "{text}");
        }
    }

    #[test]
    fn a_list_is_read_up_to_what_is_not_a_byte() {
        for (text, style, expected) in [
            ("112, 97, 115]", Style::Numbers, "pas"),
            ("112,97,115", Style::Numbers, "pas"),
            ("0x70,\n    0x61u8, 0X73 }", Style::Numbers, "pas"),
            ("112u8, 97_u8", Style::Numbers, "pa"),
            ("(byte)0x70, (byte) 97", Style::Numbers, "pa"),
            ("112 97 115", Style::Numbers, "pas"),
            ("112) + chr(97)", Style::Numbers, "pa"),
            ("112)||CHAR(97) ", Style::Numbers, "pa"),
            ("112).x + y.chr(97)", Style::Numbers, "pa"),
            ("112) 97", Style::Numbers, "p"),
            ("112,\"1\":97, \"2\": 115}", Style::Numbers, "pas"),
            ("112,\"a\":97", Style::Numbers, "p"),
            ("112, 256, 115", Style::Numbers, "p"),
            ("112, 97.5", Style::Numbers, "p"),
            ("-112", Style::Numbers, "\u{90}"),
            ("70 61 73 zz", Style::Pairs, "pas"),
            ("70:61:73", Style::Pairs, "pas"),
            ("70-61-73", Style::Pairs, "pas"),
            ("70,\\\n  61,\\\r\n  73", Style::Pairs, "pas"),
            ("70 6173", Style::Pairs, "p"),
            ("x", Style::Numbers, ""),
        ] {
            let mut bytes = Zeroizing::default();
            at(text.as_bytes(), 0, style, &mut bytes);
            let read: String = bytes.iter().map(|byte| char::from(*byte)).collect();
            assert_eq!(read, expected, "{text}");
        }
    }
}
