//! Keys that are long enough and yet easily guessed, also below base64 or hexadecimal.

use crate::decode::decode;
use crate::{Encoding, Flaw, human, strength, twice};

/// What a key of an alphabet must be worth by its length: 128 bits (ASVS 5.0, 11.2.3) and a
/// margin of 16, in which the words that a random key contains by accident find room.
pub(crate) const NOMINAL: u32 = 144;

/// What must remain of it once everything is known that makes guessing easier.
pub(crate) const EFFECTIVE: u32 = 128;

/// How often an encoding is undone. A key that is encoded once more is none the better.
const DEPTH: usize = 4;

/// Shorter texts are too short for a key, and random ones are words of base64 too often.
const SHORTEST: usize = 16;

/// A key whose alphabet and length allow too few keys.
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

/// A key that words, sequences and repeats make easy to guess.
pub(crate) fn predictable(key: &[u8]) -> Option<Flaw> {
    let weak = |content: &[u8]| {
        let bits = twice::bits(content).into_iter().chain([strength::effective_bits(content)]).min()?;
        (bits < EFFECTIVE).then_some(bits)
    };
    let plain = weak(key).map(|bits| (bits, None));
    let (bits, decoded) = plain.or_else(|| below(key, DEPTH, &weak).map(|(bits, encoding)| (bits, Some(encoding))))?;
    Some(Flaw::Predictable { bits, required: EFFECTIVE, decoded })
}

/// A key that a person wrote.
pub(crate) fn human(key: &[u8]) -> Option<Flaw> {
    let human = |content: &[u8]| human::is_human(content).then_some(Flaw::Human);
    human(key).or_else(|| below_as_text(key, human))
}

/// What is found below the encodings, and the outermost of them.
///
/// Of some encodings only content that is text is looked at: any characters can be read in them.
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

/// What is found in text below the encodings.
pub(crate) fn below_as_text<T>(text: &[u8], find: impl Fn(&[u8]) -> Option<T>) -> Option<T> {
    below(text, DEPTH, &|content| if is_text(content) { find(content) } else { None }).map(|(found, _)| found)
}

/// Printable text: what a random content of 16 bytes is once in 10^6, and of 24 once in 10^10.
fn is_text(content: &[u8]) -> bool {
    content.iter().all(|byte| (0x20..0x7f).contains(byte) || b"\r\n\t".contains(byte))
}
