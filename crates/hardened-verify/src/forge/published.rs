//! Searches the published keys for the key of a token.

use super::{Token, base64};

/// Keys found in public code and documentation. Each is stored as the length of the prefix that it shares with the previous
/// key, the length of the rest, and the rest, whose bytes are masked so that no scanner takes this file for a leak.
/// `cargo xtask generate --published DIRECTORY` makes the file from `jwt.secrets.list` of
/// <https://github.com/wallarm/jwt-secrets> (MIT License, © Wallarm) and a list of further keys.
static KEYS: &[u8] = include_bytes!("published.bin");

/// The mask that is XORed with each byte of a key.
const MASK: u8 = 0x5A;

/// The number of keys.
pub(crate) const SEARCHED: usize = 103_766;

/// The kind of key that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    Empty,
    Published,
}

/// Searches for the key that signs this token: the empty key, or one of the list, as text or decoded from base64 or
/// hexadecimal. Returns `None` if no key does, or if the token is not signed with HMAC.
pub(crate) fn search(token: &Token) -> Option<Found> {
    let (hmac, signed, signature) = (token.hmac()?, token.signed(), token.signature()?);
    let signs = |key: &[u8]| hmac.verifies(key, signed.as_bytes(), &signature);
    if signs(b"") {
        return Some(Found::Empty);
    }
    let mut key = Vec::new();
    let mut rest = KEYS;
    while let [common, length, tail @ ..] = rest {
        let (masked, next) = tail.split_at_checked(usize::from(*length))?;
        key.truncate(usize::from(*common));
        key.extend(masked.iter().map(|byte| byte ^ MASK));
        rest = next;
        if signs(&key) || decoded(&key).iter().flatten().any(|key| signs(key)) {
            return Some(Found::Published);
        }
    }
    None
}

/// Decodes a key from base64 and from hexadecimal, because some libraries do so before they use it.
fn decoded(key: &[u8]) -> [Option<Vec<u8>>; 2] {
    let text = std::str::from_utf8(key).ok().filter(|text| text.len() >= 16);
    let base64 = text.filter(|text| text.len().is_multiple_of(4)).and_then(base64::decode);
    [base64, text.and_then(hexadecimal)]
}

fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    let (pairs, odd) = text.as_bytes().as_chunks::<2>();
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    odd.is_empty().then(|| pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forge::{
        sign::Hmac,
        token::{finished, unsigned},
    };
    use serde_json::{Map, json};

    fn signed(hmac: Hmac, key: &[u8]) -> Token {
        let header = Map::from_iter([("alg".to_owned(), json!(hmac.name()))]);
        let signed = unsigned(&header, &Map::new());
        Token::parse(&finished(&signed, &hmac.sign(key, &signed))).unwrap()
    }

    #[test]
    fn the_list_has_as_many_keys_as_we_say() {
        let (mut rest, mut count) = (KEYS, 0);
        while let [_, length, tail @ ..] = rest {
            rest = tail.get(usize::from(*length)..).unwrap();
            count += 1;
        }
        assert_eq!(count, SEARCHED);
    }

    #[test]
    fn a_published_key_is_found_as_text_and_decoded() {
        for (hmac, key, found) in [
            (Hmac::Hs256, b"".as_slice(), Some(Found::Empty)),
            (Hmac::Hs256, b"12345", Some(Found::Published)),
            (Hmac::Hs384, b"12345", Some(Found::Published)),
            (Hmac::Hs512, b"12345", Some(Found::Published)),
            (Hmac::Hs256, b"kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL0dG6aP3eZqC", None),
        ] {
            assert_eq!(search(&signed(hmac, key)), found, "{}", String::from_utf8_lossy(key));
        }
        let key = decoded(b"DEADBEEFDEADBEEFDEADBEEFDEADBEEF");
        assert_eq!(key[1].as_deref(), Some([0xde, 0xad, 0xbe, 0xef].repeat(4).as_slice()));
    }
}
