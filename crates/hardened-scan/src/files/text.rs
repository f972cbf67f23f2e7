//! Functions for the text of a file.

use std::borrow::Cow;

/// Decodes UTF-8, or UTF-16 with a byte order mark, as PowerShell writes it. Returns `None` for a file that is not text.
pub(super) fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let wide = |rest: &[u8], read: fn([u8; 2]) -> u16| {
        let (pairs, _) = rest.as_chunks::<2>();
        let units = pairs.iter().map(|pair| read(*pair));
        Cow::Owned(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => Some(wide(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Some(wide(rest, u16::from_be_bytes)),
        _ if memchr::memchr(0, bytes).is_some() => None,
        // A single byte of an older encoding, for example in a comment, does not make a file binary.
        _ => Some(String::from_utf8_lossy(bytes)),
    }
}

/// Returns the lines of a text without line breaks, each with its byte offset.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let at = start;
        start += line.len();
        (at, line.trim_end_matches(['\n', '\r']))
    })
}

/// Returns the byte offset of a part of a text. The part must be borrowed from the text.
pub(super) fn offset(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len())
}

/// Returns a value without its surrounding quotes.
pub(super) fn unquoted(text: &str) -> &str {
    let text = text.trim();
    ['"', '\'', '`'].iter().find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote)).unwrap_or(text)
}

/// Returns the fallback in `${NAME:-value}` and `${NAME-value}`, if it is a plain value.
pub(super) fn default_of(text: &str) -> Option<&str> {
    let inner = text.strip_prefix("${")?.strip_suffix('}')?;
    let end = inner.find(|symbol: char| !(symbol.is_ascii_alphanumeric() || symbol == '_'))?;
    let rest = inner.get(end..)?;
    let default = rest.strip_prefix(":-").or_else(|| rest.strip_prefix('-'))?;
    (!default.contains(['$', '{', '}'])).then_some(default)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_the_encodings_that_editors_write() {
        let little: Vec<u8> = [0xff, 0xfe].into_iter().chain("A=é".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let big: Vec<u8> = [0xfe, 0xff].into_iter().chain("A=é".encode_utf16().flat_map(u16::to_be_bytes)).collect();
        for bytes in [&b"A=\xc3\xa9"[..], &little, &big] {
            assert_eq!(decode(bytes).as_deref(), Some("A=é"));
        }
        assert_eq!(decode(b"A=\xe9").as_deref(), Some("A=\u{fffd}"));
        assert_eq!(decode(b"\x7fELF\0"), None);
    }

    #[test]
    fn a_default_is_read_where_it_is_plain() {
        for (text, expected) in [
            ("${A:-b c}", Some("b c")),
            ("${A-b}", Some("b")),
            ("${A:-}", Some("")),
            ("${A:-${B}}", None),
            ("${A}", None),
            ("${A:?b}", None),
            ("a${A:-b}", None),
        ] {
            assert_eq!(default_of(text), expected, "{text}");
        }
    }

    #[test]
    fn lines_know_their_places() {
        assert_eq!(lines("a\r\nb\n\nc").collect::<Vec<_>>(), [(0, "a"), (3, "b"), (5, ""), (6, "c")]);
    }
}
