//! Characters that copying or a shell has added to a secret: white space, quotes, control characters.

use hardened_core::text::is_invisible;

/// A kind of character that does not belong to a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Blemish {
    /// White space. Inside a secret, plain spaces are allowed.
    WhiteSpace,
    /// Quotation marks or backticks around the secret.
    Quotes,
    /// Control characters: line ends, tabs, escape sequences, NUL.
    Control,
    /// Characters without width, such as a byte order mark, or characters that change the text direction.
    Invisible,
}

/// The position of a blemish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Position {
    /// Before the first character of the secret.
    Start,
    /// After the last character of the secret.
    End,
    /// At both ends.
    Around,
    /// Between the first and the last character of the secret.
    Inside,
}

/// A secret's text without the blemishes at its ends, and what they were.
pub(crate) struct Cleaned<'a> {
    pub(crate) core: &'a [u8],
    pub(crate) outside: Option<(Blemish, Position)>,
}

/// Removes the blemishes at both ends.
pub(crate) fn clean(bytes: &[u8]) -> Cleaned<'_> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Cleaned { core: bytes, outside: None };
    };
    let trimmed = text.trim_matches(|character| at_end(character).is_some());
    let outside = outside(text, trimmed);
    let quoted = within_quotes(trimmed).map(|inner| (inner, Position::Around));
    match quoted.or_else(|| beside_quote(trimmed)) {
        Some((inner, place)) => Cleaned { core: inner.as_bytes(), outside: outside.or(Some((Blemish::Quotes, place))) },
        None => Cleaned { core: trimmed.as_bytes(), outside },
    }
}

/// Returns the first blemish between the ends. Line breaks and tabs are allowed in a secret that has lines.
pub(crate) fn inside(core: &[u8], has_lines: bool) -> Option<Blemish> {
    if core.iter().all(|byte| (b' '..=b'~').contains(byte)) {
        return None;
    }
    let text = std::str::from_utf8(core).ok()?;
    text.chars().filter(|character| !(has_lines && matches!(character, '\n' | '\r' | '\t'))).find_map(|character| {
        match character {
            ' ' => None,
            _ if character.is_control() => Some(Blemish::Control),
            _ => at_end(character),
        }
    })
}

fn outside(text: &str, trimmed: &str) -> Option<(Blemish, Position)> {
    if trimmed.is_empty() {
        let first = text.chars().find_map(at_end)?;
        return Some((first, Position::Around));
    }
    let start = text.chars().next().and_then(at_end);
    let end = text.chars().next_back().and_then(at_end);
    match (start, end) {
        (Some(blemish), Some(_)) => Some((blemish, Position::Around)),
        (Some(blemish), None) => Some((blemish, Position::Start)),
        (None, Some(blemish)) => Some((blemish, Position::End)),
        (None, None) => None,
    }
}

/// Returns what kind of blemish a character is; `None` if a secret can begin or end with it.
fn at_end(character: char) -> Option<Blemish> {
    match character {
        _ if character.is_whitespace() => Some(Blemish::WhiteSpace),
        _ if character.is_control() => Some(Blemish::Control),
        _ if is_invisible(character) => Some(Blemish::Invisible),
        _ => None,
    }
}

/// Returns the text within quotation marks that were put around it.
///
/// One in 3,000 random keys of printable characters begins and ends with the same mark. Such a key must not be refused, so the
/// rest must belong to an alphabet without marks. Of 30 random printable characters, that happens by chance once in 50,000
/// (base64; for Django's alphabet once in 10^8).
fn within_quotes(text: &str) -> Option<&str> {
    let (first, last) = (text.chars().next()?, text.chars().next_back()?);
    let pair = matches!(
        (first, last),
        ('"', '"') | ('\'', '\'') | ('`', '`') | ('“', '”') | ('‘', '’') | ('«', '»') | ('„', '“')
    );
    let inner = text.get(first.len_utf8()..)?.strip_suffix(last)?;
    let inner = inner.trim_matches(|character| at_end(character).is_some());
    (pair && (is_encoded(inner) || is_django(inner) || is_prose(inner) || is_document(inner))).then_some(inner)
}

/// Returns the text next to a single quotation mark whose partner was lost. It must be long: of random keys with 41 printable
/// characters, three in 10^7 begin with a mark and contain no others.
fn beside_quote(text: &str) -> Option<(&str, Position)> {
    const MARKS: [char; 3] = ['"', '\'', '`'];
    let (inner, place) = match text.strip_prefix(MARKS) {
        Some(inner) => (inner, Position::Start),
        None => (text.strip_suffix(MARKS)?, Position::End),
    };
    (inner.len() >= 40 && is_encoded(inner)).then_some((inner, place))
}

/// Returns whether a text is base64 of either alphabet, hexadecimal, or, if it is long, such parts separated by points.
fn is_encoded(text: &str) -> bool {
    let parted = text.len() >= 40 || text.starts_with("base64:");
    let digits = text.trim_end_matches('=');
    [b"+/", b"-_"].iter().any(|two| {
        digits
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || two.contains(&byte) || parted && b".:".contains(&byte))
    })
}

fn is_django(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"!@#$%^&*(-_=+)".contains(&byte))
}

/// Returns whether a text is words with spaces or a reference, which no generator produces.
fn is_prose(text: &str) -> bool {
    crate::is_template(text.as_bytes())
        || text.len() < 16
        || text.contains(' ') && crate::placeholder::reads_like_text(text.as_bytes())
}

/// Returns whether a text is a PEM block or a JSON object.
fn is_document(text: &str) -> bool {
    text.starts_with("-----BEGIN ") || text.starts_with("{\"") && text.ends_with('}')
}

#[cfg(test)]
mod tests {
    use super::{Blemish, Position, clean, inside};

    const STRONG: &str = "G2PHdwPWESBqWuRNacXwy/Q1V1SNVnWIjEBjsgX9TXY=";

    #[test]
    fn what_surrounds_a_secret_is_named_with_its_place() {
        for (before, after, blemish, place) in [
            (" ", "", Blemish::WhiteSpace, Position::Start),
            ("", " ", Blemish::WhiteSpace, Position::End),
            ("\n", "\r\n", Blemish::WhiteSpace, Position::Around),
            ("\u{a0}", "", Blemish::WhiteSpace, Position::Start),
            ("", "\u{3000}", Blemish::WhiteSpace, Position::End),
            ("\u{feff}", "", Blemish::Invisible, Position::Start),
            ("", "\u{200b}", Blemish::Invisible, Position::End),
            ("\0", "", Blemish::Control, Position::Start),
            ("", "\u{7f}", Blemish::Control, Position::End),
            ("\"", "\"", Blemish::Quotes, Position::Around),
            ("'", "'", Blemish::Quotes, Position::Around),
            ("`", "`", Blemish::Quotes, Position::Around),
            ("“", "”", Blemish::Quotes, Position::Around),
            ("\" ", " \"", Blemish::Quotes, Position::Around),
            ("\"", "", Blemish::Quotes, Position::Start),
            ("", "'", Blemish::Quotes, Position::End),
        ] {
            let text = format!("{before}{STRONG}{after}");
            let cleaned = clean(text.as_bytes());
            assert_eq!(cleaned.outside, Some((blemish, place)), "{text:?}");
            assert_eq!(cleaned.core, STRONG.as_bytes(), "{text:?}");
        }
        assert_eq!(clean(STRONG.as_bytes()).outside, None);
        for text in
            ["\"-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADAN\\n-----END PRIVATE KEY-----\\n\"", r#"'{"type":"service"}'"#]
        {
            assert_eq!(clean(text.as_bytes()).outside, Some((Blemish::Quotes, Position::Around)), "{text}");
        }
    }

    #[test]
    fn marks_that_a_generator_chose_are_no_quotes() {
        for text in [
            r#""f9L]w#K'q}2;V8\zT!m5^Xr~J0|pYd>""#,
            r#"'f9L]w#K"q}2;V8\zT!m5^Xr~J0|pYd>'"#,
            "\"",
            "\"G2PHdwPWESBqWuRNacXwy/Q1V1SNVnWIj",
        ] {
            assert_eq!(clean(text.as_bytes()).outside, None, "{text}");
        }
    }

    #[test]
    fn what_stands_inside_is_named() {
        for (middle, expected) in [
            ("\n", Some(Blemish::Control)),
            ("\t", Some(Blemish::Control)),
            ("\0", Some(Blemish::Control)),
            ("\u{1b}[31m", Some(Blemish::Control)),
            ("\u{85}", Some(Blemish::Control)),
            ("\u{200d}", Some(Blemish::Invisible)),
            ("\u{202e}", Some(Blemish::Invisible)),
            ("\u{a0}", Some(Blemish::WhiteSpace)),
            ("\u{2028}", Some(Blemish::WhiteSpace)),
            (" ", None),
            ("é鍵🔑", None),
        ] {
            let text = format!("abc{middle}def");
            assert_eq!(inside(text.as_bytes(), false), expected, "{middle:?}");
        }
        assert_eq!(inside(b"a\nb\r\n\tc", true), None);
        assert_eq!(inside(b"a\0b", true), Some(Blemish::Control));
    }
}
