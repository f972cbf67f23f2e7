//! The strength of a text: the number of guesses that it takes, in bits.

mod charset;
mod cost;
mod date;
mod dictionary;
mod few;
mod keyboard;
mod letters;
mod parse;
mod prices;
mod ramp;
mod repeat;
mod spelling;

use charset::Charset;

/// Returns length × log2(size of the alphabet in use), in whole bits.
pub(crate) fn nominal_bits(bytes: &[u8]) -> u32 {
    Charset::of(bytes).nominal_bits()
}

/// Returns the bits that remain when words, sequences, keyboard walks and repeats are considered.
///
/// Only the first [`MAX_BYTES`](crate::MAX_BYTES) count. Appending bytes never lowers the result. The time is linear in the
/// length. It reads in place and keeps nothing of the text.
pub(crate) fn effective_bits(bytes: &[u8]) -> u32 {
    let bytes = bytes.get(..crate::MAX_BYTES).unwrap_or(bytes);
    let charset = Charset::of(bytes);
    let parsed = cost::whole_bits(parse::price(bytes, charset.size, charset.multibyte));
    let few = few::bits(bytes, (charset.size.max(1) as f32).log2());
    parsed.min(few as u32)
}

/// Returns the approximate number of guesses that a text takes, as a power of two, when words, sequences, keyboard walks and
/// repeats are considered. Only the first [`MAX_BYTES`](crate::MAX_BYTES) count.
///
/// ```
/// assert!(hardened_strength::guessing_bits(b"postgres") < 20);
/// assert!(hardened_strength::guessing_bits(b"kV9w0cW8J3z6oQ2nB7xT5yR1") > 100);
/// ```
#[must_use]
pub fn guessing_bits(text: &[u8]) -> u32 {
    effective_bits(text)
}
