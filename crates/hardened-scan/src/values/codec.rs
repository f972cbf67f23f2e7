//! Encodings: base64, base32 and hexadecimal digits.

use zeroize::Zeroizing;

pub(crate) const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
pub(crate) const BASE64_URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
pub(crate) const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
pub(crate) const BASE32_SMALL: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// Returns the digits that depend only on these bytes, when `before` bytes precede them in the encoded text.
///
/// A digit of an alphabet of 2^n characters encodes n bits.
pub(crate) fn core(bytes: &[u8], alphabet: &[u8], before: usize) -> Zeroizing<Vec<u8>> {
    let width = alphabet.len().trailing_zeros();
    // The first bits that share a digit with the preceding bytes are skipped.
    let left_out = (width - u32::try_from(before * 8 % width as usize).unwrap_or_default()) % width;
    let mut digits = Zeroizing::new(Vec::with_capacity(bytes.len() * 8 / width as usize + 1));
    let (mut bits, mut count, mut skip) = (0_u32, 0, left_out);
    for byte in bytes {
        (bits, count) = (bits << 8 | u32::from(*byte), count + 8);
        if skip > 0 {
            (count, skip) = (count - skip, 0);
        }
        while count >= width {
            count -= width;
            digits.extend(alphabet.get((bits >> count) as usize & (alphabet.len() - 1)));
        }
    }
    digits
}

/// Encodes bytes in hexadecimal digits.
pub(crate) fn hex(bytes: &[u8], digits: &[u8; 16]) -> Zeroizing<Vec<u8>> {
    let digit = |nibble: u8| digits.get(usize::from(nibble & 15)).copied().unwrap_or_default();
    Zeroizing::new(bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect())
}

/// Encodes bytes in base64, with padding.
#[cfg(test)]
pub(crate) fn base64(bytes: &[u8]) -> Vec<u8> {
    let padding = (3 - bytes.len() % 3) % 3;
    let digits = core(&[bytes, &vec![0; padding]].concat(), BASE64, 0);
    [digits.get(..digits.len() - padding).unwrap_or_default(), &vec![b'='; padding]].concat()
}

/// Decodes base64 in either alphabet from the start of a text, with or without padding. Ignores white space and stops at the
/// first other character.
pub(crate) fn base64_prefix(text: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len() / 4 * 3 + 3));
    let (mut bits, mut count) = (0_u32, 0);
    for symbol in text {
        let Some(digit) = base64_digit(*symbol) else {
            if symbol.is_ascii_whitespace() {
                continue;
            }
            break;
        };
        bits = bits << 6 | digit;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    bytes
}

/// Returns the length of the base64 at the start of a text, including white space.
pub(crate) fn base64_length(text: &[u8]) -> usize {
    let is_of_it = |symbol: &u8| base64_digit(*symbol).is_some() || symbol.is_ascii_whitespace();
    text.iter().position(|symbol| !is_of_it(symbol)).unwrap_or(text.len())
}

fn base64_digit(symbol: u8) -> Option<u32> {
    Some(u32::from(match symbol {
        b'A'..=b'Z' => symbol - b'A',
        b'a'..=b'z' => symbol - b'a' + 26,
        b'0'..=b'9' => symbol - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    }))
}

/// Decodes a text that consists entirely of hexadecimal digits or base64; `None` for any other text.
pub(crate) fn decoded(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    const SHORTEST: usize = 24;
    if text.len() < SHORTEST {
        None
    } else if text.len().is_multiple_of(2) && text.iter().all(u8::is_ascii_hexdigit) {
        let pairs = text.chunks_exact(2).map(|pair| hex_byte(pair[0], pair[1]).unwrap_or_default());
        Some(Zeroizing::new(pairs.collect()))
    } else {
        let digits = text.strip_suffix(b"=").map_or(text, |text| text.strip_suffix(b"=").unwrap_or(text));
        let is_base64 = digits.len() % 4 != 1 && digits.iter().all(|symbol| base64_digit(*symbol).is_some());
        let is_padded = text.len().is_multiple_of(4) || digits.len() == text.len();
        (is_base64 && is_padded).then(|| base64_prefix(digits))
    }
}

/// Decodes two hexadecimal digits.
pub(crate) fn hex_byte(high: u8, low: u8) -> Option<u8> {
    let digit = |symbol: u8| char::from(symbol).to_digit(16);
    u8::try_from(digit(high)? << 4 | digit(low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_core_is_inside_of_every_text_that_encodes_the_bytes_at_that_distance() {
        let all = |bytes: &[u8], alphabet: &[u8]| core(bytes, alphabet, 0).to_vec();
        for (alphabet, alignments) in [(&BASE64[..], 3), (&BASE64_URL[..], 3), (&BASE32[..], 5)] {
            for before in 0..20 {
                let text = [vec![b'x'; before], b"hunter2-hunter2".to_vec(), vec![0xff; 9]].concat();
                let whole = all(&text, alphabet);
                let core = core(b"hunter2-hunter2", alphabet, before % alignments);
                assert!(whole.windows(core.len()).any(|part| part == &core[..]), "{before} {alignments}");
            }
        }
        assert_eq!(core(b"fooba", BASE64, 0).as_slice(), b"Zm9vYm");
    }

    #[test]
    fn what_is_plainly_encoded_is_decoded() {
        for (text, expected) in [
            ("68756e746572322d68756e746572", Some("hunter2-hunter")),
            ("68756E746572322D68756E746572", Some("hunter2-hunter")),
            ("aHVudGVyMi1odW50ZXIyLQ==", Some("hunter2-hunter2-")),
            ("aHVudGVyMi1odW50ZXIyLWh1bnRlcg", Some("hunter2-hunter2-hunter")),
            ("aHVudGVyMi1odW50ZXIyLQ=", None),
            ("aHVudGVyMi1odW50ZXI!aHVudGVy", None),
            ("68756e7465", None),
        ] {
            assert_eq!(decoded(text.as_bytes()).as_deref().map(Vec::as_slice), expected.map(str::as_bytes), "{text}");
        }
    }
}
