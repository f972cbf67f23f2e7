//! Base64 (RFC 4648). The decoder accepts both alphabets, with or without padding.

const URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Encodes bytes as in tokens: the URL-safe alphabet without padding.
pub(crate) fn url(bytes: &[u8]) -> String {
    encode(bytes, URL)
}

/// Encodes bytes as in PEM: the standard alphabet with padding.
pub(crate) fn standard(bytes: &[u8]) -> String {
    let mut text = encode(bytes, STANDARD);
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

fn encode(bytes: &[u8], alphabet: &[u8; 64]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            let index = usize::try_from(group >> (18 - 6 * place) & 63).unwrap_or_default();
            text.extend(alphabet.get(index).map(|byte| char::from(*byte)));
        }
    }
    text
}

/// Decodes a text in either alphabet; `None` if it has another character. Padding is optional.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=');
    if text.len() % 4 == 1 {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    for chunk in text.as_bytes().chunks(4) {
        let mut group = 0_u32;
        for byte in chunk {
            group = group << 6 | value(*byte)?;
        }
        group <<= 6 * (4 - chunk.len());
        let [_, whole @ ..] = group.to_be_bytes();
        bytes.extend(whole.into_iter().take(chunk.len() - 1));
    }
    Some(bytes)
}

fn value(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'-' | b'+' => 62,
        b'_' | b'/' => 63,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4648, section 10, and bytes that differ in the alphabets.
    #[test]
    fn what_is_encoded_is_decoded() {
        for (bytes, padded) in [
            (b"".as_slice(), ""),
            (b"f", "Zg=="),
            (b"fo", "Zm8="),
            (b"foo", "Zm9v"),
            (b"foob", "Zm9vYg=="),
            (b"fooba", "Zm9vYmE="),
            (b"foobar", "Zm9vYmFy"),
            (b"\xfb\xff\xfe", "+//+"),
        ] {
            assert_eq!(standard(bytes), padded);
            assert_eq!(url(bytes), padded.trim_end_matches('=').replace('+', "-").replace('/', "_"));
            assert_eq!(decode(padded).as_deref(), Some(bytes));
            assert_eq!(decode(&url(bytes)).as_deref(), Some(bytes));
        }
        for text in ["A", "AAAAA", "A.AA", "AA A", "\u{e9}AAA"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
