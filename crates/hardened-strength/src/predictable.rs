//! Keys that are long enough but easily guessed, also after decoding base64 and the like.

use crate::decode::decode;
use crate::{Encoding, Flaw, human, strength, twice};

/// The bits that a key must have by its length and alphabet: 128 bits (ASVS 5.0, 11.2.3) and a margin of 16, for the words
/// that a random key contains by chance.
pub(crate) const NOMINAL: u32 = 144;

/// The bits that must remain when everything is considered that makes guessing easier.
pub(crate) const EFFECTIVE: u32 = 128;

/// The maximum number of encodings that are decoded. Encoding a key again does not make it stronger.
const DEPTH: usize = 4;

/// Shorter texts are too short for a key, and random ones are too often valid base64.
const SHORTEST: usize = 16;

/// Returns a flaw if the alphabet and length allow too few keys.
pub(crate) fn few_bits(key: &[u8]) -> Option<Flaw> {
    let bits = strength::nominal_bits(key);
    let plain = (bits < NOMINAL).then_some((bits, None));
    let (bits, decoded) = plain.or_else(|| {
        let few = |content: &[u8]| {
            let bits = is_text(content).then(|| strength::nominal_bits(content))?;
            (bits < NOMINAL).then_some(bits)
        };
        below(key, DEPTH, &few).map(|(bits, encoding)| (bits, Some(encoding)))
    })?;
    Some(Flaw::FewBits { bits, required: NOMINAL, decoded })
}

/// Returns a flaw if words, sequences and repeats make the key easy to guess.
pub(crate) fn predictable(key: &[u8]) -> Option<Flaw> {
    let weak = |content: &[u8]| {
        let bits = twice::bits(content).into_iter().chain([strength::effective_bits(content)]).min()?;
        (bits < EFFECTIVE).then_some(bits)
    };
    let plain = weak(key).map(|bits| (bits, None));
    let (bits, decoded) = plain.or_else(|| below(key, DEPTH, &weak).map(|(bits, encoding)| (bits, Some(encoding))))?;
    Some(Flaw::Predictable { bits, required: EFFECTIVE, decoded })
}

/// Returns a flaw if a person wrote the key.
pub(crate) fn human(key: &[u8]) -> Option<Flaw> {
    let human = |content: &[u8]| human::is_human(content).then_some(Flaw::Human);
    human(key).or_else(|| below_as_text(key, human))
}

/// Returns what `find` returns for the decoded content, and the outermost encoding.
///
/// For some encodings, only content that is text counts, because any characters can be decoded by them.
fn below<T>(text: &[u8], depth: usize, find: &impl Fn(&[u8]) -> Option<T>) -> Option<(T, Encoding)> {
    if depth == 0 || text.len() < SHORTEST {
        return None;
    }
    let of_bytes = Encoding::OF_BYTES.into_iter().map(|encoding| (encoding, false));
    let of_text = Encoding::OF_TEXT.into_iter().map(|encoding| (encoding, true));
    of_bytes.chain(of_text).find_map(|(encoding, must_be_text)| {
        let content = decode(text, encoding).filter(|content| !must_be_text || is_text(content))?;
        let found = find(&content).or_else(|| below(&content, depth - 1, find).map(|(found, _)| found))?;
        Some((found, encoding))
    })
}

/// Returns what `find` returns for decoded content that is text.
pub(crate) fn below_as_text<T>(text: &[u8], find: impl Fn(&[u8]) -> Option<T>) -> Option<T> {
    below(text, DEPTH, &|content| if is_text(content) { find(content) } else { None }).map(|(found, _)| found)
}

/// Returns whether content is printable text. One in 10^6 random contents of 16 bytes is, and one in 10^10 of 24 bytes.
fn is_text(content: &[u8]) -> bool {
    content.iter().all(|byte| (0x20..0x7f).contains(byte) || b"\r\n\t".contains(byte))
}
