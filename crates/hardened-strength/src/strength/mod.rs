//! How many guesses a text would take, as bits.

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

/// Length × log2(the alphabet in use), in whole bits.
pub(crate) fn nominal_bits(bytes: &[u8]) -> u32 {
    Charset::of(bytes).nominal_bits()
}

/// The bits that remain once words, sequences, walks over the keyboard and repeats are known.
///
/// Of the first [`MAX_BYTES`](crate::MAX_BYTES). Never falling as bytes are appended; in time linear in the length. Reads in place and keeps
/// nothing of the text.
pub(crate) fn effective_bits(bytes: &[u8]) -> u32 {
    let bytes = bytes.get(..crate::MAX_BYTES).unwrap_or(bytes);
    let charset = Charset::of(bytes);
    let parsed = cost::whole_bits(parse::price(bytes, charset.size, charset.multibyte));
    let few = few::bits(bytes, (charset.size.max(1) as f32).log2());
    parsed.min(few as u32)
}

/// About how many guesses a text takes, as a power of two, once words, sequences, walks over the keyboard and repeats are
/// known; of the first [`MAX_BYTES`](crate::MAX_BYTES).
///
/// ```
/// assert!(hardened_strength::guessing_bits(b"postgres") < 20);
/// assert!(hardened_strength::guessing_bits(b"kV9w0cW8J3z6oQ2nB7xT5yR1") > 100);
/// ```
#[must_use]
pub fn guessing_bits(text: &[u8]) -> u32 {
    effective_bits(text)
}
