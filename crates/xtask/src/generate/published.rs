//! Makes the table of published keys, `crates/hardened-strength/src/published.bin`, and the list for the search for the key
//! of a token, `crates/hardened-verify/src/forge/published.bin`.
//!
//! Both are made from two lists of plain values in a directory outside the repository, and from digests of keys in
//! documentation, which are in the repository. The lists are `public-jwt-secrets.txt`, which is `jwt.secrets.list` of
//! <https://github.com/wallarm/jwt-secrets> (MIT License, © Wallarm), and `published-extra.txt`, with one key per line. The
//! repository contains no plain values (the second file is masked, because a search by HMAC needs the keys themselves), and
//! a build does not need the lists.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::{
    failure::{Failure, failed},
    shell,
};

/// The path of the table, relative to the root of the repository.
pub(crate) const PATH: &str = "crates/hardened-strength/src/published.bin";

/// The names of the lists of plain values.
const LISTS: [&str; 2] = ["public-jwt-secrets.txt", "published-extra.txt"];

/// The digests of keys in documentation, and the pages that have them.
const DOCUMENTATION: &str = include_str!("../../data/published-documentation.txt");

/// The minimum length of a value in the table; a shorter key is refused for its length.
const SHORTEST: usize = 16;

/// How many bytes of a digest are stored.
const KEPT: usize = 8;

/// The maximum size of the table, which becomes part of a user's binary.
const LARGEST: usize = 32 * 1024;

/// The path of the list for the search.
const SEARCHED: &str = "crates/hardened-verify/src/forge/published.bin";

/// The mask that is XORed with each byte of that list, as in `hardened_verify`.
const MASK: u8 = 0x5A;

/// Writes the table and the list from the lists in `data_dir`.
pub(crate) fn run(data_dir: &Path) -> Result<(), Failure> {
    let told = |error| failed(format!("the table of published keys: {error}"));
    let table = table(data_dir).map_err(told)?;
    fs::write(shell::root().join(PATH), &table).map_err(told)?;
    println!("{PATH}: {} keys", table.len() / KEPT);
    let (count, list) = searched(data_dir).map_err(told)?;
    fs::write(shell::root().join(SEARCHED), list).map_err(told)?;
    println!("{SEARCHED}: {count} keys");
    Ok(())
}

/// Returns every key of the lists of at most 255 bytes, sorted. Each is stored as the length of the prefix that it shares
/// with the previous key, the length of the rest, and the masked rest.
fn searched(data_dir: &Path) -> io::Result<(usize, Vec<u8>)> {
    let mut keys = BTreeSet::new();
    for list in LISTS {
        let values = fs::read(data_dir.join(list))?;
        keys.extend(values.split(|byte| *byte == b'\n').map(|line| line.trim_ascii().to_vec()));
    }
    keys.retain(|key| (1..=usize::from(u8::MAX)).contains(&key.len()));
    Ok((keys.len(), folded(&keys)))
}

fn folded(keys: &BTreeSet<Vec<u8>>) -> Vec<u8> {
    let mut list = Vec::new();
    let mut before: &[u8] = &[];
    for key in keys {
        let common = key.iter().zip(before).take_while(|(one, other)| one == other).count();
        let rest = key.get(common..).unwrap_or_default();
        // The lengths fit, because keys have at most 255 bytes.
        list.extend([common, rest.len()].map(|length| u8::try_from(length).unwrap_or_default()));
        list.extend(rest.iter().map(|byte| byte ^ MASK));
        before = key;
    }
    list
}

/// Returns the table: truncated digests, sorted and without duplicates.
pub(crate) fn table(data_dir: &Path) -> io::Result<Vec<u8>> {
    let mut entries = BTreeSet::new();
    for list in LISTS {
        let values = fs::read(data_dir.join(list))?;
        entries.extend(values.split(|byte| *byte == b'\n').filter_map(entry));
    }
    for line in DOCUMENTATION.lines().filter(|line| !line.starts_with('#')) {
        entries.insert(documented(line).ok_or_else(|| invalid("a digest is malformed"))?);
    }
    let table: Vec<u8> = entries.into_iter().flatten().collect();
    if table.len() > LARGEST {
        return Err(invalid("the table is larger than 32 KiB"));
    }
    Ok(table)
}

/// Returns the entry of a value in the form in which the library looks it up: trimmed, and hexadecimal in lower case.
fn entry(line: &[u8]) -> Option<[u8; KEPT]> {
    let value = line.trim_ascii();
    if value.len() < SHORTEST {
        return None;
    }
    let digest = if value.iter().all(u8::is_ascii_hexdigit) {
        Sha256::digest(value.to_ascii_lowercase())
    } else {
        Sha256::digest(value)
    };
    digest.first_chunk().copied()
}

fn documented(line: &str) -> Option<[u8; KEPT]> {
    let digits = line.get(..2 * KEPT)?;
    Some(u64::from_str_radix(digits, 16).ok()?.to_be_bytes())
}

fn invalid(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{DOCUMENTATION, MASK, documented, entry, folded};

    #[test]
    fn every_documented_key_has_a_digest_and_a_page() {
        for line in DOCUMENTATION.lines().filter(|line| !line.starts_with('#')) {
            let (digest, page) = line.split_once(' ').unwrap_or_default();
            assert!(digest.len() == 64 && page.starts_with("https://"), "{line}");
            assert!(documented(line).is_some(), "{line}");
        }
    }

    #[test]
    fn a_value_is_entered_in_the_form_in_which_it_is_looked_up() {
        assert_eq!(entry(b"fifteen bytes ."), None);
        assert!(entry(b"sixteen bytes it").is_some());
        assert_eq!(entry(b" sixteen bytes it\r"), entry(b"sixteen bytes it"));
        assert_eq!(entry(b"DEADBEEFDEADBEEF"), entry(b"deadbeefdeadbeef"));
        assert_ne!(entry(b"DEADBEEFDEADBEEG"), entry(b"deadbeefdeadbeeg"));
    }

    #[test]
    fn keys_are_folded_to_what_differs_from_the_one_before() {
        let keys: BTreeSet<_> = ["secret", "secrets", "sun"].map(|key| key.as_bytes().to_vec()).into();
        let masked = |text: &str| text.bytes().map(|byte| byte ^ MASK).collect::<Vec<_>>();
        let expected = [vec![0, 6], masked("secret"), vec![6, 1], masked("s"), vec![1, 2], masked("un")].concat();
        assert_eq!(folded(&keys), expected);
    }
}
