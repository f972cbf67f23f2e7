//! Keys that are long enough and yet easily guessed, also below base64 or hexadecimal.

use crate::decode::decode;
use crate::{Encoding, Flaw, strength};

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
    let plain = Weakness { bits, decoded: None };
    let weakness = (bits < NOMINAL).then_some(plain).or_else(|| {
        below(key, DEPTH, &|content| {
            let bits = is_text(content).then(|| strength::nominal_bits(content))?;
            (bits < NOMINAL).then_some(bits)
        })
    })?;
    Some(Flaw::FewBits { bits: weakness.bits, required: NOMINAL, decoded: weakness.decoded })
}

/// A key that words, sequences and repeats make easy to guess.
pub(crate) fn predictable(key: &[u8]) -> Option<Flaw> {
    let bits = strength::effective_bits(key);
    let plain = Weakness { bits, decoded: None };
    let weakness = (bits < EFFECTIVE).then_some(plain).or_else(|| {
        below(key, DEPTH, &|content| {
            let bits = strength::effective_bits(content);
            (bits < EFFECTIVE).then_some(bits)
        })
    })?;
    Some(Flaw::Predictable { bits: weakness.bits, required: EFFECTIVE, decoded: weakness.decoded })
}

struct Weakness {
    bits: u32,
    decoded: Option<Encoding>,
}

/// What is weak below the encodings; named is the outermost of them.
fn below(text: &[u8], depth: usize, weak: &impl Fn(&[u8]) -> Option<u32>) -> Option<Weakness> {
    if depth == 0 || text.len() < SHORTEST {
        return None;
    }
    Encoding::ALL.into_iter().find_map(|encoding| {
        let content = decode(text, encoding)?;
        let bits = weak(&content).or_else(|| below(&content, depth - 1, weak).map(|weakness| weakness.bits))?;
        Some(Weakness { bits, decoded: Some(encoding) })
    })
}

/// Printable text: what a random content of 16 bytes is once in 10^6, and of 24 once in 10^10.
fn is_text(content: &[u8]) -> bool {
    content.iter().all(|byte| (0x20..0x7f).contains(byte) || b"\r\n\t".contains(byte))
}
