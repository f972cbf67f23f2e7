//! Decodes the escapes of programming languages and formats.

use super::codec::hex_byte;

/// The kinds of escapes that are decoded. A text for one program does not contain those of all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kinds(u8);

impl Kinds {
    pub(crate) const NONE: Self = Self(0);
    /// All kinds except quoted-printable, which would misread the `=` of an assignment.
    pub(crate) const USUAL: Self = Self(1 | 2 | 4);

    /// The kind of escape that begins with a byte.
    pub(crate) const fn of(byte: u8) -> Self {
        Self(match byte {
            b'\\' => 1,
            b'%' => 2,
            b'&' => 4,
            b'=' => 8,
            _ => 0,
        })
    }

    /// Returns whether a byte begins an escape of one of these kinds.
    pub(crate) const fn begin_with(self, byte: u8) -> bool {
        self.0 & Self::of(byte).0 != 0
    }
}

/// An escape: what it stands for, and the position after it.
pub(crate) struct Escape {
    pub(crate) stands_for: Meaning,
    pub(crate) end: usize,
}

/// The meaning of an escape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// Nothing: the line continues.
    Nothing,
    Byte(u8),
    Symbol(char),
}

impl Meaning {
    /// Returns the first byte of the meaning in UTF-8.
    pub(crate) fn first_byte(self) -> Option<u8> {
        match self {
            Self::Nothing => None,
            Self::Byte(byte) => Some(byte),
            Self::Symbol(symbol) => symbol.encode_utf8(&mut [0; 4]).bytes().next(),
        }
    }
}

/// Decodes the escape at a position.
pub(crate) fn at(text: &[u8], at: usize) -> Option<Escape> {
    match text.get(at)? {
        b'\\' => backslash(text, at),
        b'%' => percent(text, at),
        b'&' => entity(text, at),
        b'=' => quoted_printable(text, at),
        _ => None,
    }
}

fn byte(value: u8, end: usize) -> Option<Escape> {
    Some(Escape { stands_for: Meaning::Byte(value), end })
}

/// Decodes any number of backslashes, because nested texts escape them again: `\"` in JSON in JSON is `\\\"`.
fn backslash(text: &[u8], start: usize) -> Option<Escape> {
    let length = text.get(start..)?.iter().take_while(|byte| **byte == b'\\').count();
    let at = start + length;
    let symbol = *text.get(at)?;
    let code = |from: usize, digits: usize| {
        let digits = std::str::from_utf8(text.get(from..from + digits)?).ok()?;
        u32::from_str_radix(digits, 16).ok()
    };
    let symbol_of = |code: Option<u32>, end| Some(Escape { stands_for: Meaning::Symbol(char::from_u32(code?)?), end });
    match symbol {
        b'u' if text.get(at + 1) == Some(&b'{') => {
            let digits = text.get(at + 2..)?.iter().take(6).take_while(|byte| byte.is_ascii_hexdigit()).count();
            symbol_of(code(at + 2, digits), at + 3 + digits).filter(|_| text.get(at + 2 + digits) == Some(&b'}'))
        }
        b'u' => surrogates(text, at, code(at + 1, 4)).or_else(|| symbol_of(code(at + 1, 4), at + 5)),
        b'U' => symbol_of(code(at + 1, 8), at + 9),
        b'x' => match (text.get(at + 1), text.get(at + 2)) {
            (Some(high), Some(low)) => byte(hex_byte(*high, *low)?, at + 3),
            _ => None,
        },
        b'n' => byte(b'\n', at + 1),
        b'r' => byte(b'\r', at + 1),
        b't' => byte(b'\t', at + 1),
        b'0'..=b'7' => {
            let digits = text.get(at..)?.iter().take(3).take_while(|byte| (b'0'..=b'7').contains(byte)).count();
            let value =
                text.get(at..at + digits)?.iter().fold(0_u32, |value, digit| value * 8 + u32::from(digit - b'0'));
            byte(u8::try_from(value).ok()?, at + digits)
        }
        b'\n' | b'\r' => Some(Escape { stands_for: Meaning::Nothing, end: behind_space(text, at) }),
        other => byte(other, at + 1),
    }
}

/// Decodes a surrogate pair: `\ud83d\ude00`.
fn surrogates(text: &[u8], at: usize, high: Option<u32>) -> Option<Escape> {
    let high = high.filter(|code| (0xd800..0xdc00).contains(code))?;
    let rest = text.get(at + 5..at + 11)?.strip_prefix(b"\\u")?;
    let low =
        u32::from_str_radix(std::str::from_utf8(rest).ok()?, 16).ok().filter(|code| (0xdc00..0xe000).contains(code))?;
    let symbol = char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))?;
    Some(Escape { stands_for: Meaning::Symbol(symbol), end: at + 11 })
}

/// Decodes `%40`, `%2540` (escaped twice), and `%u0040` of old JavaScript.
fn percent(text: &[u8], start: usize) -> Option<Escape> {
    if let Some(digits) = text.get(start + 2..start + 6).filter(|_| text.get(start + 1) == Some(&b'u')) {
        let code = u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        return Some(Escape { stands_for: Meaning::Symbol(char::from_u32(code)?), end: start + 6 });
    }
    let mut at = start + 1;
    while text.get(at..at + 2) == Some(b"25") && pair(text, at + 2).is_some() {
        at += 2;
    }
    byte(pair(text, at)?, at + 2)
}

fn pair(text: &[u8], at: usize) -> Option<u8> {
    hex_byte(*text.get(at)?, *text.get(at + 1)?)
}

/// The names of ASCII characters in HTML.
const ENTITIES: [(&[u8], u8); 37] = [
    (b"amp", b'&'),
    (b"lt", b'<'),
    (b"gt", b'>'),
    (b"quot", b'"'),
    (b"apos", b'\''),
    (b"nbsp", b' '),
    (b"excl", b'!'),
    (b"num", b'#'),
    (b"dollar", b'$'),
    (b"percnt", b'%'),
    (b"lpar", b'('),
    (b"rpar", b')'),
    (b"ast", b'*'),
    (b"midast", b'*'),
    (b"plus", b'+'),
    (b"comma", b','),
    (b"period", b'.'),
    (b"sol", b'/'),
    (b"colon", b':'),
    (b"semi", b';'),
    (b"equals", b'='),
    (b"quest", b'?'),
    (b"commat", b'@'),
    (b"lsqb", b'['),
    (b"lbrack", b'['),
    (b"bsol", b'\\'),
    (b"rsqb", b']'),
    (b"rbrack", b']'),
    (b"Hat", b'^'),
    (b"lowbar", b'_'),
    (b"grave", b'`'),
    (b"lcub", b'{'),
    (b"lbrace", b'{'),
    (b"verbar", b'|'),
    (b"vert", b'|'),
    (b"rcub", b'}'),
    (b"rbrace", b'}'),
];

/// Decodes `&amp;`, `&#64;`, `&#x40;`, `&commat;`.
fn entity(text: &[u8], start: usize) -> Option<Escape> {
    const LONGEST: usize = 10;
    let rest = text.get(start + 1..)?;
    let length = rest.iter().take(LONGEST).position(|byte| *byte == b';')?;
    let (name, end) = (rest.get(..length)?, start + 2 + length);
    if let Some((_, symbol)) = ENTITIES.iter().find(|(known, _)| *known == name) {
        // `&amp;quot;` is `&quot;` escaped twice.
        return if *symbol == b'&' {
            entity(text, end - 1).filter(|_| is_entity_again(text, end)).or_else(|| byte(b'&', end))
        } else {
            byte(*symbol, end)
        };
    }
    let digits = std::str::from_utf8(name.strip_prefix(b"#")?).ok()?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => digits.parse().ok()?,
    };
    Some(Escape { stands_for: Meaning::Symbol(char::from_u32(code)?), end })
}

/// Returns whether the text after `&amp;` looks like the rest of an entity.
fn is_entity_again(text: &[u8], at: usize) -> bool {
    text.get(at).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'#')
}

/// Decodes `=40`, and `=` at the end of a line.
fn quoted_printable(text: &[u8], start: usize) -> Option<Escape> {
    match text.get(start + 1)? {
        b'\n' => Some(Escape { stands_for: Meaning::Nothing, end: start + 2 }),
        b'\r' if text.get(start + 2) == Some(&b'\n') => Some(Escape { stands_for: Meaning::Nothing, end: start + 3 }),
        _ => byte(pair(text, start + 1)?, start + 3),
    }
}

/// The maximum length of white space between two pieces of a value.
const MAX_SPACE: usize = 160;

/// Returns the position after white space, but not more than `MAX_SPACE` bytes further.
pub(crate) fn behind_space(text: &[u8], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.iter().take(MAX_SPACE).take_while(|byte| byte.is_ascii_whitespace()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_escape_stands_for_one_thing() {
        use Meaning::*;
        for (text, expected) in [
            (r"\n", Some((Byte(b'\n'), 2))),
            (r"\/", Some((Byte(b'/'), 2))),
            (r#"\\\""#, Some((Byte(b'"'), 4))),
            (r"\u0041", Some((Symbol('A'), 6))),
            (r"\\u0041", Some((Symbol('A'), 7))),
            (r"\u{41}", Some((Symbol('A'), 6))),
            (r"\u{1f600}", Some((Symbol('\u{1f600}'), 9))),
            (r"\ud83d\ude00", Some((Symbol('\u{1f600}'), 12))),
            (r"\U00000041", Some((Symbol('A'), 10))),
            (r"\x41", Some((Byte(b'A'), 4))),
            (r"\101", Some((Byte(b'A'), 4))),
            (r"\u{41", None),
            (r"\xzz", None),
            (r"\", None),
            ("\\\n    a", Some((Nothing, 6))),
            ("%40", Some((Byte(b'@'), 3))),
            ("%2540", Some((Byte(b'@'), 5))),
            ("%25", Some((Byte(b'%'), 3))),
            ("%u0041", Some((Symbol('A'), 6))),
            ("%u004", None),
            ("%uzzzz", None),
            ("%4", None),
            ("%zz", None),
            ("&amp;", Some((Byte(b'&'), 5))),
            ("&quot;", Some((Byte(b'"'), 6))),
            ("&amp;quot;", Some((Byte(b'"'), 10))),
            ("&commat;", Some((Byte(b'@'), 8))),
            ("&lbrace;", Some((Byte(b'{'), 8))),
            ("&str;", None),
            ("&amp;x", Some((Byte(b'&'), 5))),
            ("&#64;", Some((Symbol('@'), 5))),
            ("&#x40;", Some((Symbol('@'), 6))),
            ("&nothing;", None),
            ("=40", Some((Byte(b'@'), 3))),
            ("=\r\na", Some((Nothing, 3))),
            ("=a", None),
        ] {
            let found = at(text.as_bytes(), 0).map(|escape| (escape.stands_for, escape.end));
            assert_eq!(found, expected, "{text}");
        }
    }
}
