//! What a text says once base64 or hexadecimal is undone.

use zeroize::Zeroizing;

use crate::{Encoding, MAX_BYTES};

/// The content of an encoded text, unless it has a character that the encoding lacks.
///
/// Wiped when dropped, and never moved: the memory is reserved before the first byte. An
/// incomplete last group is left out, so that no appended character hides the content.
pub(crate) fn decode(text: &[u8], encoding: Encoding) -> Option<Zeroizing<Vec<u8>>> {
    let (digits, bits) = match encoding {
        Encoding::Base64 => (without_padding(without_prefix(text)), 6),
        Encoding::Hex => (without_prefix(text), 4),
    };
    let known = digits.iter().all(|digit| value(*digit, encoding).is_some());
    if !known || digits.len() > MAX_BYTES {
        return None;
    }
    let mut content = Zeroizing::new(Vec::with_capacity(digits.len()));
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
    (!content.is_empty()).then_some(content)
}

/// Without the mark that some frameworks put before an encoded key.
pub(crate) fn without_prefix(text: &[u8]) -> &[u8] {
    [&b"base64:"[..], b"base64url:", b"b64:", b"hex:", b"0x"]
        .into_iter()
        .find_map(|prefix| text.strip_prefix(prefix))
        .unwrap_or(text)
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
    fn what_is_longer_than_any_key_is_not_decoded() {
        assert!(decoded(&"A".repeat(4096), Encoding::Base64).is_some());
        assert_eq!(decoded(&"A".repeat(4097), Encoding::Base64), None);
    }
}
