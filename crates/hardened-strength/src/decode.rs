//! What a text says once base64 or hexadecimal is undone.

use zeroize::Zeroizing;

use crate::{Encoding, MAX_BYTES};

/// The content of an encoded text, unless it has a character that the encoding lacks.
///
/// Wiped when dropped, and never moved: the memory is reserved before the first byte. An incomplete last group is left
/// out, so that no appended character hides the content.
pub(crate) fn decode(text: &[u8], encoding: Encoding) -> Option<Zeroizing<Vec<u8>>> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let content = match encoding {
        Encoding::Base64 => of_digits(without_padding(without_prefix(text)), encoding, 6),
        Encoding::Base32 => of_digits(without_any(text, b'='), encoding, 5),
        Encoding::Hex => of_digits(without_prefix(text), encoding, 4),
        Encoding::Base85 => of_groups(text, |byte| byte.checked_sub(b'!')).or_else(|| of_groups(text, z85)),
        Encoding::Git85 => of_groups(text, git85),
        Encoding::Percent => of_percent(text),
        Encoding::Listed => of_list(text),
        Encoding::Utf16 => of_utf16(text),
    }?;
    (!content.is_empty()).then_some(content)
}

fn of_digits(digits: &[u8], encoding: Encoding, bits: u32) -> Option<Zeroizing<Vec<u8>>> {
    let mixed = digits.iter().any(u8::is_ascii_lowercase) && digits.iter().any(u8::is_ascii_uppercase);
    if mixed && encoding == Encoding::Base32 {
        return None;
    }
    let known = digits.iter().all(|digit| value(*digit, encoding).is_some());
    let mut content = Zeroizing::new(Vec::with_capacity(if known { digits.len() } else { 0 }));
    if !known {
        return None;
    }
    let mut pending = Zeroizing::new(0_u32);
    let mut waiting = 0;
    for digit in digits {
        *pending = *pending << bits | u32::from(value(*digit, encoding)?);
        waiting += bits;
        if waiting >= 8 {
            waiting -= 8;
            content.push((*pending >> waiting) as u8);
        }
    }
    Some(content)
}

/// Groups of five digits of base 85, four bytes each; the last may be shorter. `<~` and `~>` may surround them.
fn of_groups(text: &[u8], digit: fn(u8) -> Option<u8>) -> Option<Zeroizing<Vec<u8>>> {
    let bare = text.strip_prefix(b"<~").and_then(|text| text.strip_suffix(b"~>")).unwrap_or(text);
    let mut content = Zeroizing::new(Vec::with_capacity(bare.len()));
    for group in bare.chunks(5) {
        let mut number = 0_u64;
        for at in 0..5 {
            let value = group.get(at).map_or(Some(84), |byte| digit(*byte).filter(|digit| *digit < 85))?;
            number = number * 85 + u64::from(value);
        }
        let bytes = u32::try_from(number).ok()?.to_be_bytes();
        content.extend_from_slice(bytes.get(..group.len().saturating_sub(1))?);
    }
    Some(content)
}

/// A digit of ZeroMQ's Z85.
fn z85(byte: u8) -> Option<u8> {
    static VALUES: [u8; 256] =
        values(b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#");
    Some(VALUES[usize::from(byte)])
}

/// A digit of Git's base 85, which is Python's `b85encode`.
fn git85(byte: u8) -> Option<u8> {
    static VALUES: [u8; 256] =
        values(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~");
    Some(VALUES[usize::from(byte)])
}

const fn values(digits: &[u8; 85]) -> [u8; 256] {
    let mut values = [u8::MAX; 256];
    let mut at = 0;
    while at < digits.len() {
        values[digits[at] as usize] = at as u8;
        at += 1;
    }
    values
}

/// Eight bytes or more as numbers, parted by signs: all of two hexadecimal digits, or all decimal.
fn of_list(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    const LEAST: usize = 8;
    let parts = || text.split(|byte| !byte.is_ascii_alphanumeric()).map(without_mark).filter(|part| !part.is_empty());
    let first = parts().next().filter(|part| part.len() <= 3)?;
    let is_hex = first.len() == 2 && parts().all(|part| part.len() == 2);
    let mut content = Zeroizing::new(Vec::with_capacity(text.len()));
    for part in parts() {
        content.push(match (is_hex, part) {
            (true, [high, low]) => value(*high, Encoding::Hex)? << 4 | value(*low, Encoding::Hex)?,
            _ => std::str::from_utf8(part).ok()?.parse().ok()?,
        });
    }
    (content.len() >= LEAST).then_some(content)
}

/// A number without what says that it is hexadecimal: `0x6d`, `\\x6d`, `\\u006d`, `&#x6d`.
fn without_mark(number: &[u8]) -> &[u8] {
    [&b"0x"[..], b"x", b"u00"].iter().find_map(|mark| number.strip_prefix(*mark)).unwrap_or(number)
}

/// A text with three escapes or more.
fn of_percent(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut content = Zeroizing::new(Vec::with_capacity(text.len()));
    let (mut at, mut escapes) = (0, 0);
    while let Some(byte) = text.get(at) {
        let escaped = || {
            let [high, low] = *text.get(at + 1..at + 3)?.first_chunk()?;
            Some(value(high, Encoding::Hex)? << 4 | value(low, Encoding::Hex)?)
        };
        let escaped = if *byte == b'%' { escaped() } else { None };
        escapes += usize::from(escaped.is_some());
        at += if escaped.is_some() { 3 } else { 1 };
        content.push(escaped.unwrap_or(*byte));
    }
    (escapes >= 3).then_some(content)
}

/// Characters of one byte, a zero before or behind each.
fn of_utf16(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let marked = [&[0xff, 0xfe][..], &[0xfe, 0xff]].into_iter().find_map(|mark| text.strip_prefix(mark));
    let (pairs, rest) = marked.unwrap_or(text).as_chunks::<2>();
    let all = |zero: usize| !pairs.is_empty() && pairs.iter().all(|pair| pair[zero] == 0 && pair[1 - zero] != 0);
    let letter = [0, 1].into_iter().find(|letter| all(1 - letter)).filter(|_| rest.is_empty())?;
    let mut content = Zeroizing::new(Vec::with_capacity(pairs.len()));
    content.extend(pairs.iter().map(|pair| pair[letter]));
    Some(content)
}

/// Without the mark that some frameworks put before an encoded key.
pub(crate) fn without_prefix(text: &[u8]) -> &[u8] {
    [&b"base64:"[..], b"base64url:", b"b64:", b"hex:", b"0x"]
        .into_iter()
        .find_map(|prefix| text.strip_prefix(prefix))
        .unwrap_or(text)
}

/// Without what a text ends with.
fn without_any(text: &[u8], end: u8) -> &[u8] {
    let length = text.iter().rposition(|byte| *byte != end).map_or(0, |at| at + 1);
    text.get(..length).unwrap_or_default()
}

fn without_padding(text: &[u8]) -> &[u8] {
    let once = text.strip_suffix(b"=").unwrap_or(text);
    once.strip_suffix(b"=").unwrap_or(once)
}

fn value(digit: u8, encoding: Encoding) -> Option<u8> {
    match (digit, encoding) {
        (b'0'..=b'9', Encoding::Hex) => Some(digit - b'0'),
        (b'a'..=b'f', Encoding::Hex) => Some(digit - b'a' + 10),
        (b'A'..=b'F', Encoding::Hex) => Some(digit - b'A' + 10),
        (b'A'..=b'Z', Encoding::Base64) => Some(digit - b'A'),
        (b'a'..=b'z', Encoding::Base64) => Some(digit - b'a' + 26),
        (b'0'..=b'9', Encoding::Base64) => Some(digit - b'0' + 52),
        (b'A'..=b'Z', Encoding::Base32) => Some(digit - b'A'),
        (b'a'..=b'z', Encoding::Base32) => Some(digit - b'a'),
        (b'2'..=b'7', Encoding::Base32) => Some(digit - b'2' + 26),
        (b'+' | b'-', Encoding::Base64) => Some(62),
        (b'/' | b'_', Encoding::Base64) => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Encoding, decode};

    fn decoded(text: &str, encoding: Encoding) -> Option<Vec<u8>> {
        decode(text.as_bytes(), encoding).map(|content| content.to_vec())
    }

    #[test]
    fn base64_is_read_with_and_without_padding_in_both_alphabets() {
        for text in ["/+8=", "/+8", "_-8=", "_-8", "base64:/+8="] {
            assert_eq!(decoded(text, Encoding::Base64), Some(vec![0xff, 0xef]), "{text}");
        }
        for text in ["", "=", "a=bc", "a!bc", "ab===", "a b"] {
            assert_eq!(decoded(text, Encoding::Base64), None, "{text}");
        }
    }

    #[test]
    fn hexadecimal_is_read_in_both_cases() {
        for text in ["00fF", "0x00ff", "hex:00ff", "00ff1"] {
            assert_eq!(decoded(text, Encoding::Hex), Some(vec![0, 0xff]), "{text}");
        }
        assert_eq!(decoded("00fg", Encoding::Hex), None);
    }

    #[test]
    fn the_other_encodings_are_read() {
        for (text, encoding, content) in [
            ("NBSWY3DP", Encoding::Base32, "hello"),
            ("nbswy3dp", Encoding::Base32, "hello"),
            ("NBUQ====", Encoding::Base32, "hi"),
            ("87cURD]j7BEbo80", Encoding::Base85, "Hello world!"),
            ("<~87cURD]j7BEbo80~>", Encoding::Base85, "Hello world!"),
            ("nm=QNzY<mxA+]nf", Encoding::Base85, "Hello world!"),
            ("NM&qnZy;B1a%^NF", Encoding::Git85, "Hello World!"),
            ("68:65:6c:6c:6f:20:79:6f", Encoding::Listed, "hello yo"),
            ("\\x68\\x65\\x6C\\x6c\\x6f\\x20\\x79\\x6f", Encoding::Listed, "hello yo"),
            ("0x68, 0x65, 0x6c, 0x6c, 0x6f, 0x20, 0x79, 0x6f", Encoding::Listed, "hello yo"),
            ("[104, 101, 108, 108, 111, 32, 121, 111]", Encoding::Listed, "hello yo"),
            ("&#104;&#101;&#108;&#108;&#111;&#32;&#121;&#111;", Encoding::Listed, "hello yo"),
            ("\\u0068\\u0065\\u006c\\u006c\\u006f\\u0020\\u0079\\u006f", Encoding::Listed, "hello yo"),
            ("%68%65%6C%6c%6f", Encoding::Percent, "hello"),
            ("h\0i\0", Encoding::Utf16, "hi"),
            ("\0h\0i", Encoding::Utf16, "hi"),
        ] {
            assert_eq!(decoded(text, encoding).as_deref(), Some(content.as_bytes()), "{text:?}");
        }
        for (text, encoding) in [
            ("NBSWy3DP", Encoding::Base32),
            ("nbswy1dp", Encoding::Base32),
            ("100%20sure", Encoding::Percent),
            ("h\0i", Encoding::Utf16),
            ("hi", Encoding::Utf16),
            ("68:65:6c:6c:6f:20:79", Encoding::Listed),
            ("68:65:6c:6c:6f:20:79:6g", Encoding::Listed),
            ("104,101,108,108,111,32,121,256", Encoding::Listed),
        ] {
            assert_eq!(decoded(text, encoding), None, "{text:?}");
        }
    }

    #[test]
    fn what_is_longer_than_any_key_is_not_decoded() {
        assert!(decoded(&"A".repeat(4096), Encoding::Base64).is_some());
        assert_eq!(decoded(&"A".repeat(4097), Encoding::Base64), None);
    }
}
