//! Distinguishes text that a person wrote from random characters, in any language with Latin letters.
//!
//! The margin of a text is its price as a string of random characters minus its price as words ([`price`]). A string drawn
//! uniformly from its alphabet has a margin of `t` bits or more with a probability of at most 2^-t, because the price is a
//! code: see `docs/KEYS.md`. The margin shows how a text was made, not how strong it is.

mod alphabet;
mod letters;
mod mash;
mod price;
mod style;
mod walk;

/// The margin from which a text counts as words. A random string reaches it with a probability of at most 2^-20, and in practice
/// of less than 10^-8.
const WORDS: f32 = 20.0;

/// The margin from which a text counts as typed along the keyboard: at most 2^-22 for each way to type, in practice 2 × 10^-8.
const TYPED: f32 = 22.0;

/// The bits of a part that make a whole key strong, whatever comes before or after it, if it is plainly not words.
const ENOUGH: f32 = 128.0;

/// The margin below which a part is plainly not words, or plainly not typed along the keyboard.
const PLAINLY_NOT: f32 = -8.0;

/// The margin below which a long part is not words (a word of 25 letters has more), or below which a part was not typed.
const NOT: f32 = 8.0;

/// Between [`PLAINLY_NOT`] and [`NOT`], each bit of margin requires this many bits above [`ENOUGH`]. With more length, random
/// characters are further from words, and human text is closer to them.
const FOR_EACH_BIT: f32 = 5.0;

/// Returns how many bits cheaper it is to describe a text as words than as random characters. The result is positive for text
/// that reads like words in any language with Latin letters, and negative for random characters.
///
/// A text drawn uniformly from its alphabet has a margin of `t` bits or more with a probability of at most 2^-t.
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

/// Returns whether a text reads as words, by the margin from which a key is refused. At most one in a million random texts
/// does.
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

/// Returns whether a person wrote the text.
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

/// Returns the price as keys struck blindly or along the keyboard, whichever is cheaper.
fn price_as_typed(text: &[u8], limit: f32) -> f32 {
    let [by_habits, by_order] = mash::prices(text, limit);
    by_habits.min(by_order).min(walk::price(text))
}

/// Returns whether a beginning, an end or a piece of the text is strong and plainly not words: `shop-session-` before a
/// generated key.
pub(crate) fn has_random_part(text: &[u8]) -> bool {
    has_part(without_padding(text.get(..crate::MAX_BYTES).unwrap_or(text)), NOT)
}

/// Returns the same for a text without padding. `typed` is the maximum margin of a part at an end as typed text.
fn has_part(text: &[u8], typed: f32) -> bool {
    let ends = |length| [text.get(..length), text.get(text.len() - length..)];
    let at_ends = lengths(text.len()).flat_map(ends).flatten().any(|part| is_random(part, PLAINLY_NOT, typed));
    let mut pieces = text.split(|byte| style::SIGNS.contains(byte) || b":/=".contains(byte));
    at_ends || pieces.any(|piece| piece.len() < text.len() && is_random(piece, NOT, NOT))
}

/// Returns whether a part has enough bits, a low enough margin as words for its length, and at most `typed` as typed text.
fn is_random(part: &[u8], written: f32, typed: f32) -> bool {
    let bits = alphabet::bits(part);
    let of_its_length = (PLAINLY_NOT + (bits - ENOUGH) / FOR_EACH_BIT).min(NOT);
    bits >= ENOUGH
        && word_margin(part) <= written.max(of_its_length)
        && bits - price_as_typed(part, f32::INFINITY) <= typed
}

/// Returns lengths from 20 on, each a tenth longer than the last, so that reading all of them takes linear time.
fn lengths(whole: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(20), |length: &usize| Some(length + length.div_ceil(10)))
        .take_while(move |length| *length < whole)
}
