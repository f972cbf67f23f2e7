//! Keys that are the hash of a word: `sha256("password")` looks random and is among the first that attackers try first.

use std::{collections::HashSet, sync::LazyLock};

use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::{Encoding, decode::decode};

/// The bytes of a digest that the table keeps: among 15,000, a random key is found once in 10^15.
const KEPT: usize = 8;

/// Hashes of the words that this crate knows, and of all numbers of four digits. Built at the first key that could be one.
static KNOWN: LazyLock<HashSet<[u8; KEPT]>> = LazyLock::new(|| {
    let words = include_str!("strength/words.txt").lines().filter(|line| !line.starts_with(['#', '=']));
    let numbers: Vec<String> = (0..10_000).map(|number| format!("{number:04}")).collect();
    let all = words.flat_map(str::split_whitespace).chain(numbers.iter().map(String::as_str));
    all.flat_map(|word| HASHES.iter().filter_map(|(_, hash)| hash(word.as_bytes()))).collect()
});

type Hash = fn(&[u8]) -> Option<[u8; KEPT]>;

/// Hash functions by the length of their output.
const HASHES: [(usize, Hash); 5] = [
    (16, beginning::<Md5>),
    (20, beginning::<Sha1>),
    (32, beginning::<Sha256>),
    (48, beginning::<Sha384>),
    (64, beginning::<Sha512>),
];

fn beginning<D: Digest>(word: &[u8]) -> Option<[u8; KEPT]> {
    D::digest(word).first_chunk().copied()
}

/// Whether a key is the hash of a word that this crate knows: MD5, SHA-1 or SHA-2, in hexadecimal digits or base64.
pub(crate) fn is(key: &[u8]) -> bool {
    digests(key).any(|(_, digest)| KNOWN.contains(&digest))
}

/// Finds the first of some words whose MD5, SHA-1 or SHA-2 hash is the key, written as hexadecimal digits or base64.
///
/// For word lists that are larger than the one in this crate, which [`check_key`](crate::check_key) uses. A million words
/// take about a second.
///
/// ```
/// use hardened_strength::hashed_word;
///
/// let key = b"1c8bfe8f801d79745c4631d09fff36c82aa37fc4cce4fc946683d7b336b63032";
/// assert_eq!(hashed_word(key, ["password", "letmein"]), Some("letmein"));
/// assert_eq!(hashed_word(b"kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL0dG6aP3eZqC", ["letmein"]), None);
/// ```
pub fn hashed_word<'w>(key: &[u8], words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let digests: Vec<_> = digests(key).collect();
    if digests.is_empty() {
        return None;
    }
    words.into_iter().find(|word| digests.iter().any(|(hash, digest)| hash(word.as_bytes()) == Some(*digest)))
}

/// What a key decodes to, where that has the length of a hash, with the function.
fn digests(key: &[u8]) -> impl Iterator<Item = (Hash, [u8; KEPT])> {
    [Encoding::Hex, Encoding::Base64].into_iter().filter_map(|encoding| {
        let content = decode(key, encoding)?;
        let (_, hash) = HASHES.iter().find(|(length, _)| *length == content.len())?;
        Some((*hash, content.first_chunk().copied()?))
    })
}

#[cfg(test)]
mod tests {
    use super::{hashed_word, is};

    #[test]
    fn hashes_of_words_are_known_in_each_writing() {
        for key in [
            "5f4dcc3b5aa765d61d8327deb882cf99",
            "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8",
            "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8",
            "XohImNooBHFR0OVvjcYpJ3NgPQ1qq73WKhHvch0VQtg=",
            "XohImNooBHFR0OVvjcYpJ3NgPQ1qq73WKhHvch0VQtg",
            // SHA-256 of 1234.
            "03ac674216f3e15c761ee1a5e255f067953623c8b388b4459e13f978d7c846f4",
        ] {
            assert!(is(key.as_bytes()), "{key}");
        }
        for key in ["", "4e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8", "password"] {
            assert!(!is(key.as_bytes()), "{key}");
        }
    }

    #[test]
    fn the_word_of_a_hash_is_named() {
        let key = b"b109f3bbbc244eb82441917ed06d618b9008dd09b3befd1b5e07394c706a8bb980b1d7785e5976ec049b46df5f1326af5a2ea6d103fd07c95385ffab0cacbc86";
        assert_eq!(hashed_word(key, ["letmein", "password"]), Some("password"));
        assert_eq!(hashed_word(key, ["letmein"]), None);
    }
}
