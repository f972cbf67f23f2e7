//! Text that a person wrote, told from characters that were drawn at random, in any language in Latin letters.
//!
//! The margin of a text is what it would cost as a string of random characters, less what it costs as words
//! ([`price`]). For a string drawn uniformly from its alphabet, a margin of `t` bits or more has a probability of at
//! most 2^-t, because the price is a code: see `docs/KEYS.md`. It tells how a text was made, not how strong it is.

mod alphabet;
mod letters;
mod mash;
mod price;
mod style;
mod walk;

/// The margin from which a text is taken for words: a chance of at most 2^-20 for a string drawn at random, and of less
/// than 10^-8 in fact.
const WORDS: f32 = 20.0;

/// The same of a text that was typed along the keyboard: at most 2^-22 for each way to type, and of 2 × 10^-8 in fact.
const TYPED: f32 = 22.0;

/// A part of so many bits that is plainly not words makes a whole key strong, whatever comes before or after it.
const ENOUGH: f32 = 128.0;

/// The margin of what is plainly not words, or plainly not typed along the keyboard.
const PLAINLY_NOT: f32 = -8.0;

/// The margin of a long part that is not words, as a word of 25 letters has a larger one; and of a part that was not typed.
const NOT: f32 = 8.0;

/// From [`PLAINLY_NOT`] to [`NOT`], each further bit of margin takes so many bits above [`ENOUGH`]: the longer a part is,
/// the further random characters are from words, and the nearer is what a person wrote.
const FOR_EACH_BIT: f32 = 5.0;

/// How many bits cheaper a text is to describe as words than as characters drawn at random: positive for what reads as
/// words in any language in Latin letters, negative for random characters.
///
/// For a text drawn uniformly from its alphabet, a margin of `t` bits or more has a probability of at most 2^-t.
///
/// ```
/// assert!(hardened_strength::word_margin(b"bitte-vor-dem-einsatz-durch-zufall-ersetzen") > 20.0);
/// assert!(hardened_strength::word_margin(b"kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL0dG6aP3eZqC") < 0.0);
/// ```
#[must_use]
pub fn word_margin(text: &[u8]) -> f32 {
    let text = without_padding(text.get(..crate::MAX_BYTES).unwrap_or(text));
    price::price(text, f32::INFINITY).map_or(0.0, |price| alphabet::bits(text) - price)
}

/// Returns whether a text reads as words, by the margin from which a key is refused as such. A text drawn at random
/// does once in a million times at most.
///
/// ```
/// assert!(hardened_strength::reads_as_words(b"bitte-vor-dem-einsatz-durch-zufall-ersetzen"));
/// assert!(!hardened_strength::reads_as_words(b"kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL0dG6aP3eZqC"));
/// ```
#[must_use]
pub fn reads_as_words(text: &[u8]) -> bool {
    !text.is_empty() && is_written(without_padding(text.get(..crate::MAX_BYTES).unwrap_or(text)))
}

fn is_written(text: &[u8]) -> bool {
    price::price(text, alphabet::bits(text) - WORDS).is_some()
}

fn without_padding(text: &[u8]) -> &[u8] {
    let once = text.strip_suffix(b"=").unwrap_or(text);
    once.strip_suffix(b"=").unwrap_or(once)
}

/// Whether a person wrote the text.
pub(crate) fn is_human(text: &[u8]) -> bool {
    let text = text.get(..crate::MAX_BYTES).unwrap_or(text);
    if !text.is_ascii() {
        return std::str::from_utf8(text)
            .is_ok_and(|text| text.chars().any(|character| !character.is_ascii() && character.is_alphabetic()));
    }
    let text = without_padding(text);
    if text.is_empty() {
        return false;
    }
    let is_typed = || {
        let limit = alphabet::plain_bits(text) - TYPED;
        price_as_typed(text, limit) <= limit
    };
    is_written(text) && !has_part(text, NOT) || is_typed() && !has_part(text, PLAINLY_NOT)
}

/// What it costs as keys struck blindly or along the keyboard, whichever is the cheapest.
fn price_as_typed(text: &[u8], limit: f32) -> f32 {
    let [by_habits, by_order] = mash::prices(text, limit);
    by_habits.min(by_order).min(walk::price(text))
}

/// Whether a beginning, an end or a piece of the text is strong and plainly not words: `shop-session-` before a
/// generated key.
pub(crate) fn has_random_part(text: &[u8]) -> bool {
    has_part(without_padding(text.get(..crate::MAX_BYTES).unwrap_or(text)), NOT)
}

/// The same of a text without padding, where a part at an end has at most a margin as typed text.
fn has_part(text: &[u8], typed: f32) -> bool {
    let ends = |length| [text.get(..length), text.get(text.len() - length..)];
    let at_ends = lengths(text.len()).flat_map(ends).flatten().any(|part| is_random(part, PLAINLY_NOT, typed));
    let mut pieces = text.split(|byte| style::SIGNS.contains(byte) || b":/=".contains(byte));
    at_ends || pieces.any(|piece| piece.len() < text.len() && is_random(piece, NOT, NOT))
}

/// Whether a part is worth enough, and has at most a margin as words, or one that fits its length, and as typed text.
fn is_random(part: &[u8], written: f32, typed: f32) -> bool {
    let bits = alphabet::bits(part);
    let of_its_length = (PLAINLY_NOT + (bits - ENOUGH) / FOR_EACH_BIT).min(NOT);
    bits >= ENOUGH
        && word_margin(part) <= written.max(of_its_length)
        && bits - price_as_typed(part, f32::INFINITY) <= typed
}

/// Lengths from 20 on, each a tenth longer than the last, so that reading all of them takes linear time.
fn lengths(whole: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(20), |length: &usize| Some(length + length.div_ceil(10)))
        .take_while(move |length| *length < whole)
}
