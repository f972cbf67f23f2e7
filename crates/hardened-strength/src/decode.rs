//! Decodes texts: base64, hexadecimal and other encodings.

use zeroize::Zeroizing;

use crate::{Encoding, MAX_BYTES};

/// Returns the content of an encoded text, or `None` if it contains a character that the encoding does not use.
///
/// The content is wiped when dropped. It is never moved, because its memory is reserved in advance. An incomplete last group is
/// dropped, so that appending a character does not hide the content.
pub(crate) fn decode(text: &[u8], encoding: Encoding) -> Option<Zeroizing<Vec<u8>>> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let content = match encoding {
        Encoding::Base64 => of_digits(without_padding(without_prefix(text)), &BASE64, 6),
        Encoding::Base32 => of_base32(text),
        Encoding::Hex => of_digits(without_prefix(text), &HEX, 4),
        Encoding::Base85 => of_groups(text, &BASE85).or_else(|| of_groups(text, &Z85)),
        Encoding::Git85 => of_groups(text, &GIT85),
        Encoding::Percent => of_percent(text),
        Encoding::Listed => of_list(text),
        Encoding::Utf16 => of_utf16(text),
    }?;
    (!content.is_empty()).then_some(content)
}

fn of_digits(digits: &[u8], values: &[u8; 256], bits: u32) -> Option<Zeroizing<Vec<u8>>> {
    let value = |digit: &u8| values[usize::from(*digit)];
    if digits.iter().any(|digit| value(digit) == NONE) {
        return None;
    }
    let mut content = Zeroizing::new(Vec::with_capacity(digits.len() * bits as usize / 8));
    let mut pending = Zeroizing::new(0_u32);
    let mut waiting = 0;
    for digit in digits {
        *pending = *pending << bits | u32::from(value(digit));
        waiting += bits;
        if waiting >= 8 {
            waiting -= 8;
            content.push((*pending >> waiting) as u8);
        }
    }
    Some(content)
}

/// Decodes base32, whose letters must all have the same case.
fn of_base32(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let digits = without_any(text, b'=');
    let is_mixed = digits.iter().any(u8::is_ascii_lowercase) && digits.iter().any(u8::is_ascii_uppercase);
    if is_mixed { None } else { of_digits(digits, &BASE32, 5) }
}

/// Decodes groups of five base85 digits to four bytes; the last group may be shorter. `<~` and `~>` may surround them.
fn of_groups(text: &[u8], values: &[u8; 256]) -> Option<Zeroizing<Vec<u8>>> {
    let bare = text.strip_prefix(b"<~").and_then(|text| text.strip_suffix(b"~>")).unwrap_or(text);
    let value = |digit: &u8| values[usize::from(*digit)];
    if bare.iter().any(|digit| value(digit) == NONE) {
        return None;
    }
    let mut content = Zeroizing::new(Vec::with_capacity(bare.len()));
    for group in bare.chunks(5) {
        let digits = (0..5).map(|at| group.get(at).map_or(84, value));
        let number = digits.fold(0, |number: u64, digit| number * 85 + u64::from(digit));
        let bytes = u32::try_from(number).ok()?.to_be_bytes();
        content.extend_from_slice(bytes.get(..group.len().saturating_sub(1))?);
    }
    Some(content)
}

/// Decodes eight or more bytes written as separate numbers: either all two hexadecimal digits, or all decimal.
fn of_list(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    const LEAST: usize = 8;
    let parts = || text.split(|byte| !byte.is_ascii_alphanumeric()).map(without_mark).filter(|part| !part.is_empty());
    let first = parts().next().filter(|part| part.len() <= 3)?;
    let is_hex = first.len() == 2 && parts().all(|part| part.len() == 2);
    let mut content = Zeroizing::new(Vec::with_capacity(text.len()));
    for part in parts() {
        content.push(match (is_hex, part) {
            (true, [high, low]) => hex_digit(*high)? << 4 | hex_digit(*low)?,
            _ => std::str::from_utf8(part).ok()?.parse().ok()?,
        });
    }
    (content.len() >= LEAST).then_some(content)
}

/// Removes the prefix of a hexadecimal number: `0x6d`, `\\x6d`, `\\u006d`, `&#x6d`.
fn without_mark(number: &[u8]) -> &[u8] {
    [&b"0x"[..], b"x", b"u00"].iter().find_map(|mark| number.strip_prefix(*mark)).unwrap_or(number)
}

/// Decodes a text with three or more percent escapes.
fn of_percent(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    const LEAST: usize = 3;
    if text.iter().filter(|byte| **byte == b'%').count() < LEAST {
        return None;
    }
    let mut content = Zeroizing::new(Vec::with_capacity(text.len()));
    let (mut at, mut escapes) = (0, 0);
    while let Some(byte) = text.get(at) {
        let escaped = || {
            let [high, low] = *text.get(at + 1..at + 3)?.first_chunk()?;
            Some(hex_digit(high)? << 4 | hex_digit(low)?)
        };
        let escaped = if *byte == b'%' { escaped() } else { None };
        escapes += usize::from(escaped.is_some());
        at += if escaped.is_some() { 3 } else { 1 };
        content.push(escaped.unwrap_or(*byte));
    }
    (escapes >= LEAST).then_some(content)
}

/// Decodes UTF-16 whose characters are one byte each, with a zero byte before or after it.
fn of_utf16(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let marked = [&[0xff, 0xfe][..], &[0xfe, 0xff]].into_iter().find_map(|mark| text.strip_prefix(mark));
    let (pairs, rest) = marked.unwrap_or(text).as_chunks::<2>();
    let all = |zero: usize| !pairs.is_empty() && pairs.iter().all(|pair| pair[zero] == 0 && pair[1 - zero] != 0);
    let letter = [0, 1].into_iter().find(|letter| all(1 - letter)).filter(|_| rest.is_empty())?;
    let mut content = Zeroizing::new(Vec::with_capacity(pairs.len()));
    content.extend(pairs.iter().map(|pair| pair[letter]));
    Some(content)
}

/// Removes the prefix that some frameworks put before an encoded key.
pub(crate) fn without_prefix(text: &[u8]) -> &[u8] {
    [&b"base64:"[..], b"base64url:", b"b64:", b"hex:", b"0x"]
        .into_iter()
        .find_map(|prefix| text.strip_prefix(prefix))
        .unwrap_or(text)
}

/// Removes all repetitions of a byte at the end of a text.
fn without_any(text: &[u8], end: u8) -> &[u8] {
    let length = text.iter().rposition(|byte| *byte != end).map_or(0, |at| at + 1);
    text.get(..length).unwrap_or_default()
}

fn without_padding(text: &[u8]) -> &[u8] {
    let once = text.strip_suffix(b"=").unwrap_or(text);
    once.strip_suffix(b"=").unwrap_or(once)
}

/// Marks a byte that is not a digit.
const NONE: u8 = u8::MAX;

static BASE64: [u8; 256] = {
    let mut values = of_alphabet(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    // The URL-safe alphabet.
    values[b'-' as usize] = 62;
    values[b'_' as usize] = 63;
    values
};
static BASE32: [u8; 256] = in_both_cases(of_alphabet(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"));
static HEX: [u8; 256] = in_both_cases(of_alphabet(b"0123456789ABCDEF"));

/// Adobe's Ascii85: from `!` to `u`.
static BASE85: [u8; 256] = {
    let mut values = [NONE; 256];
    let mut at = 0;
    while at < 85 {
        values[(b'!' + at) as usize] = at;
        at += 1;
    }
    values
};
/// ZeroMQ's Z85.
static Z85: [u8; 256] =
    of_alphabet(b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#");
/// Git's base85, the same as Python's `b85encode`.
static GIT85: [u8; 256] =
    of_alphabet(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~");

/// Returns a table with the value of each digit.
const fn of_alphabet(digits: &[u8]) -> [u8; 256] {
    let mut values = [NONE; 256];
    let mut at = 0;
    while at < digits.len() {
        values[digits[at] as usize] = at as u8;
        at += 1;
    }
    values
}

const fn in_both_cases(mut values: [u8; 256]) -> [u8; 256] {
    let mut letter = b'A';
    while letter <= b'Z' {
        values[letter.to_ascii_lowercase() as usize] = values[letter as usize];
        letter += 1;
    }
    values
}

fn hex_digit(digit: u8) -> Option<u8> {
    Some(HEX[usize::from(digit)]).filter(|value| *value != NONE)
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
