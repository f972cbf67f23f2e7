//! Keys that are the hash of a word: `sha256("password")` looks random, but is among the first keys that attackers try.

use std::sync::OnceLock;

use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::{Encoding, decode::decode};

/// The number of bytes of a digest in the table. One in 10^15 random keys matches one of the 25,000 entries.
const KEPT: usize = 8;

type Hash = fn(&[u8]) -> Option<[u8; KEPT]>;

/// The hash functions, by the length of their output.
const HASHES: [(usize, Hash); 5] = [
    (16, beginning::<Md5>),
    (20, beginning::<Sha1>),
    (32, beginning::<Sha256>),
    (48, beginning::<Sha384>),
    (64, beginning::<Sha512>),
];

/// The sorted hashes of each function. A table is made for the first key with the length of its hashes.
static KNOWN: [OnceLock<Vec<[u8; KEPT]>>; HASHES.len()] = [const { OnceLock::new() }; HASHES.len()];

/// Returns the hashes of the words that this crate knows (unchanged, with a capital letter, and with a number), of all numbers
/// with four digits, and of the empty text, whose hash is the best known of all.
fn known(hash: Hash) -> Vec<[u8; KEPT]> {
    let words = include_str!("strength/words.txt").lines().filter(|line| !line.starts_with(['#', '=']));
    let words = words.flat_map(str::split_whitespace).flat_map(|word| {
        let (first, rest) = word.split_at_checked(1).unwrap_or_default();
        [word.to_owned(), first.to_ascii_uppercase() + rest, format!("{word}1"), format!("{word}123")]
    });
    let numbers = (0..10_000).map(|number| format!("{number:04}"));
    let mut known: Vec<_> =
        words.chain(numbers).chain([String::new()]).filter_map(|word| hash(word.as_bytes())).collect();
    known.sort_unstable();
    known
}

fn beginning<D: Digest>(word: &[u8]) -> Option<[u8; KEPT]> {
    D::digest(word).first_chunk().copied()
}

/// Returns whether a key is the hash of a word that this crate knows: MD5, SHA-1 or SHA-2, in hexadecimal digits or base64.
pub(crate) fn is(key: &[u8]) -> bool {
    digests(key).any(|(at, digest)| {
        let (Some(table), Some((_, hash))) = (KNOWN.get(at), HASHES.get(at)) else { return false };
        table.get_or_init(|| known(*hash)).binary_search(&digest).is_ok()
    })
}

/// Returns the first of some words whose MD5, SHA-1 or SHA-2 hash is the key, in hexadecimal digits or base64.
///
/// Use it with word lists that are larger than the one in this crate, which [`check_key`](crate::check_key) uses. A million
/// words take about a second.
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
    let is = |word: &str, at: usize| HASHES.get(at).and_then(|(_, hash)| hash(word.as_bytes()));
    words.into_iter().find(|word| digests.iter().any(|(at, digest)| is(word, *at) == Some(*digest)))
}

/// Returns the index of each hash function whose output is as long as the decoded key, with the first bytes of that.
fn digests(key: &[u8]) -> impl Iterator<Item = (usize, [u8; KEPT])> {
    [Encoding::Hex, Encoding::Base64].into_iter().filter_map(|encoding| {
        let content = decode(key, encoding)?;
        let at = HASHES.iter().position(|(length, _)| *length == content.len())?;
        Some((at, content.first_chunk().copied()?))
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
            // SHA-256 of Password, of password123 and of the empty text; SHA-1 of the empty text.
            "e7cf3ef4f17c3999a94f2c6f612e8a888e5b1026878e4e19398b23bd38ec221a",
            "ef92b778bafe771e89245b89ecbc08a44a4e166c06659911881f383d4473e94f",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "da39a3ee5e6b4b0d3255bfef95601890afd80709",
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
