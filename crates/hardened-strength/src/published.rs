//! Published keys: from lists of keys found in the wild, and from documentation.

use sha2::block_api::compress256;
use zeroize::Zeroizing;

/// The minimum length of a value in the table. A shorter one is too short for a key anyway.
const SHORTEST: usize = 16;

/// The number of bytes of a digest in the table.
///
/// With 3,500 entries of 64 bits, one in 5 × 10^15 random keys matches by chance.
const KEPT: usize = 8;

/// The sorted digests, made by `cargo xtask generate` from wallarm/jwt-secrets (MIT), a list of other keys, and the
/// documentation named in `crates/xtask/data/published-documentation.txt`.
static TABLE: &[u8] = include_bytes!("published.bin");

/// Returns whether a text is in the table of published keys. Hexadecimal is looked up in lower case.
///
/// ```
/// assert!(!hardened_strength::is_published(b"kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL0dG6aP3eZqC"));
/// ```
#[must_use]
pub fn is_published(value: &[u8]) -> bool {
    if value.len() < SHORTEST {
        return false;
    }
    let digest = digest(value);
    with_first(digest[0]).binary_search(&digest).is_ok()
}

/// The start of the entries with each first byte, and the end of the last.
static BEGINS: [u16; 257] = {
    let (entries, _) = TABLE.as_chunks::<KEPT>();
    let (mut begins, mut first, mut at) = ([0; 257], 0, 0);
    while first < 257 {
        while at < entries.len() && (entries[at][0] as usize) < first {
            at += 1;
        }
        begins[first] = at as u16;
        first += 1;
    }
    begins
};

/// Returns the entries with this first byte.
fn with_first(first: u8) -> &'static [[u8; KEPT]] {
    let (entries, _) = TABLE.as_chunks::<KEPT>();
    let [begin, end] = [usize::from(first), usize::from(first) + 1].map(|at| usize::from(BEGINS[at]));
    entries.get(begin..end).unwrap_or_default()
}

/// Returns the beginning of the value's SHA-256, with hexadecimal digits in lower case.
///
/// It calls the compression function directly, because a hasher would keep the last bytes of the value in a buffer that is not
/// wiped.
fn digest(value: &[u8]) -> [u8; KEPT] {
    let fold = value.iter().all(u8::is_ascii_hexdigit);
    let mut state = INITIAL;
    let mut block = Zeroizing::new([0; BLOCK]);
    let (wholes, rest) = value.as_chunks::<BLOCK>();
    for whole in wholes {
        fill(&mut block, whole, fold);
        compress256(&mut state, std::slice::from_ref(&*block));
    }
    fill(&mut block, rest, fold);
    if let Some(end) = block.get_mut(rest.len()) {
        *end = END;
    }
    if rest.len() + 1 + LENGTH > BLOCK {
        compress256(&mut state, std::slice::from_ref(&*block));
        block.fill(0);
    }
    let bits = (value.len() as u64).wrapping_mul(8).to_be_bytes();
    for (to, from) in block.iter_mut().rev().zip(bits.iter().rev()) {
        *to = *from;
    }
    compress256(&mut state, std::slice::from_ref(&*block));
    let [first, second, ..] = state;
    ((u64::from(first) << 32) | u64::from(second)).to_be_bytes()
}

/// Copies a part of a value into the block and pads it with zeros. If `fold` is set, converts it to lower case.
fn fill(block: &mut [u8; BLOCK], part: &[u8], fold: bool) {
    block.fill(0);
    for (to, from) in block.iter_mut().zip(part) {
        *to = *from;
    }
    if fold {
        block.make_ascii_lowercase();
    }
}

const BLOCK: usize = 64;
/// The number of bytes at the end of the last block that contain the length.
const LENGTH: usize = 8;
const END: u8 = 0x80;
/// The initial hash value (FIPS 180-4, §5.3.3).
const INITIAL: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

#[cfg(test)]
mod tests {
    use super::{KEPT, TABLE, digest, is_published, with_first};

    /// The values are from the examples of FIPS 180-4 and from `sha256sum`, at each edge of the padding.
    #[test]
    fn the_digest_is_the_beginning_of_sha_256() {
        for (value, expected) in [
            ("", "e3b0c44298fc1c14"),
            ("xyz", "3608bca1e44ea6c4"),
            (&"x".repeat(55), "d5e285683cd4efc0"),
            (&"x".repeat(56), "04c26261370ee754"),
            (&"x".repeat(63), "75220b47218278e6"),
            (&"x".repeat(64), "7ce100971f64e700"),
            (&"x".repeat(119), "000b48d4edf0fa7b"),
            (&"x".repeat(120), "13f05a0b594787f5"),
            (&"x".repeat(128), "24da1b81d0b16df6"),
        ] {
            let hex: String = digest(value.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(hex, expected, "{} bytes", value.len());
        }
    }

    #[test]
    fn hexadecimal_has_no_case_and_other_text_has() {
        assert_eq!(digest(b"DEADBEEF"), digest(b"deadbeef"));
        assert_ne!(digest(b"DEADBEEG"), digest(b"deadbeeg"));
    }

    #[test]
    fn the_table_is_sorted_without_repeats_and_small() {
        let (entries, rest) = TABLE.as_chunks::<KEPT>();
        assert!(rest.is_empty() && entries.is_sorted_by(|one, next| one < next));
        assert!(entries.len() > 3_000 && TABLE.len() <= 32 * 1024);
    }

    #[test]
    fn every_entry_is_among_those_with_its_first_byte() {
        let (entries, _) = TABLE.as_chunks::<KEPT>();
        assert!(entries.iter().all(|entry| with_first(entry[0]).contains(entry)));
        assert_eq!((0..=255).map(|first| with_first(first).len()).sum::<usize>(), entries.len());
    }

    #[test]
    fn a_value_of_15_bytes_is_not_looked_up() {
        assert!(!is_published(b""));
        assert!(!is_published(&[b'a'; 15]));
    }
}
