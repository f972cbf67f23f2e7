//! Percent-encoding.

use zeroize::Zeroizing;

/// Decodes percent-encoded text into memory that is wiped when dropped. Returns `None` if a `%` is not followed by two
/// hexadecimal digits or the result is not UTF-8.
#[must_use]
pub fn decode(text: &str) -> Option<Zeroizing<String>> {
    let mut decoded = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => hex(bytes.next()?)? << 4 | hex(bytes.next()?)?,
            plain => plain,
        });
    }
    std::str::from_utf8(&decoded).ok().map(|text| Zeroizing::new(text.to_owned()))
}

/// Appends a text and percent-encodes every byte that [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-2.3) does
/// not list as unreserved.
pub fn encode_into(target: &mut String, text: &str) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            target.push(char::from(byte));
        } else {
            let digit = |half: u8| char::from(*DIGITS.get(usize::from(half)).unwrap_or(&b'0'));
            target.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_encoded_decodes_to_itself() {
        let all: String = (0..=0x2FF).filter_map(char::from_u32).collect();
        let mut encoded = String::new();
        encode_into(&mut encoded, &all);
        assert!(encoded.is_ascii() && !encoded.contains(['@', '/', ':', '?', '#', ' ']));
        assert_eq!(decode(&encoded).unwrap().as_str(), all);
    }

    #[test]
    fn a_percent_sign_that_encodes_nothing_is_not_decoded() {
        for (text, decoded) in [
            ("%40", Some("@")),
            ("%4", None),
            ("%", None),
            ("100%", None),
            ("%zz", None),
            ("%+1", None),
            ("%ff", None),
            ("%c3%a9", Some("é")),
            ("a+b", Some("a+b")),
        ] {
            assert_eq!(decode(text).as_ref().map(|text| text.as_str()), decoded, "{text}");
        }
    }
}
