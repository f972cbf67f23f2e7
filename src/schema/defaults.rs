//! Checks at compile time whether a default in the code is a value of its type.

use super::{Kind, duration};

/// The texts that a type accepts, as far as they are known when the service is compiled.
#[derive(Debug, Clone, Copy)]
pub enum Defaults {
    /// Not known at compile time: only the type itself can tell.
    Unknown,
    /// The texts that its kind accepts.
    OfKind,
    /// These words: each choice with its aliases.
    Words(&'static [&'static [&'static str]]),
}

/// Returns whether a type accepts a default. If that is not known here, it returns `true`, and reading the default decides.
#[must_use]
pub(crate) const fn accepts(kind: &Kind, defaults: Defaults, text: &str) -> bool {
    let bytes = text.as_bytes();
    match kind {
        // A list as the default of a single value, and a blank list, are mistakes that have their own errors.
        Kind::List { of } => accepts_each(of, defaults, bytes),
        kind => accepts_one(kind, defaults, bytes.trim_ascii()),
    }
}

const fn accepts_each(kind: &Kind, defaults: Defaults, mut rest: &[u8]) -> bool {
    while !rest.is_empty() {
        let (item, behind) = until(rest, b',');
        if !accepts_one(kind, defaults, item.trim_ascii()) {
            return false;
        }
        rest = behind;
    }
    true
}

const fn accepts_one(kind: &Kind, defaults: Defaults, text: &[u8]) -> bool {
    match (kind, defaults) {
        (_, Defaults::Words(choices)) => is_one_of(text, choices),
        (Kind::Integer { min, max }, Defaults::OfKind) => is_within(text, *min, *max),
        // A type of the service's own may accept other texts too, but it declares bounds for numbers.
        (Kind::Integer { min, max }, Defaults::Unknown) => !is_whole_number(text) || is_within(text, *min, *max),
        (Kind::Boolean, Defaults::OfKind) => is_one_of(text, &[&["true", "false", "1", "0", "yes", "no", "on", "off"]]),
        (Kind::Duration, Defaults::OfKind) => is_duration(text),
        _ => true,
    }
}

/// Returns the text before the first occurrence of a symbol and the text after it.
pub(super) const fn until(text: &[u8], symbol: u8) -> (&[u8], &[u8]) {
    let mut at = 0;
    while at < text.len() {
        if text[at] == symbol {
            let (before, behind) = text.split_at(at);
            return (before, behind.split_at(1).1);
        }
        at += 1;
    }
    (text, &[])
}

/// Returns whether a text is one of the words. Case, `-` and `_` make no difference.
const fn is_one_of(text: &[u8], choices: &[&[&str]]) -> bool {
    let mut choice = 0;
    while choice < choices.len() {
        let mut word = 0;
        while word < choices[choice].len() {
            if is_same(text, choices[choice][word].as_bytes()) {
                return true;
            }
            word += 1;
        }
        choice += 1;
    }
    false
}

const fn is_same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if plain(one[at]) != plain(other[at]) {
            return false;
        }
        at += 1;
    }
    true
}

const fn plain(byte: u8) -> u8 {
    if byte == b'_' { b'-' } else { byte.to_ascii_lowercase() }
}

/// Returns whether a text is an optional sign followed by digits.
const fn is_whole_number(text: &[u8]) -> bool {
    let digits = unsigned(text);
    let mut at = 0;
    while at < digits.len() {
        if !digits[at].is_ascii_digit() {
            return false;
        }
        at += 1;
    }
    !digits.is_empty()
}

const fn unsigned(text: &[u8]) -> &[u8] {
    match text {
        [b'-' | b'+', digits @ ..] => digits,
        digits => digits,
    }
}

const fn is_within(text: &[u8], min: i128, max: i128) -> bool {
    match whole(text) {
        Some(number) => min <= number && number <= max,
        None => false,
    }
}

/// Parses a whole number. Returns `None` for any other text, and for a number too large for any setting.
pub(super) const fn whole(text: &[u8]) -> Option<i128> {
    if !is_whole_number(text) {
        return None;
    }
    let is_negative = matches!(text, [b'-', ..]);
    let digits = unsigned(text);
    let mut number: i128 = 0;
    let mut at = 0;
    while at < digits.len() {
        let digit = (digits[at] - b'0') as i128;
        let Some(tenfold) = number.checked_mul(10) else { return None };
        number = match tenfold.checked_add(if is_negative { -digit } else { digit }) {
            Some(number) => number,
            None => return None,
        };
        at += 1;
    }
    Some(number)
}

/// Returns whether a text consists of numbers with units, such as `1h30m`. Only `0` needs no unit.
const fn is_duration(text: &[u8]) -> bool {
    match std::str::from_utf8(text) {
        Ok(text) => duration::parse(text).is_some(),
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::Setting;

    /// Asserts that this check and the type agree on a text. The type decides when the service starts.
    fn agrees<T: Setting>(text: &str, expected: bool) {
        assert_eq!(accepts(&T::KIND, T::DEFAULTS, text), expected, "{text:?}");
        assert_eq!(T::parse(text).is_ok(), expected, "{text:?}");
    }

    #[test]
    fn the_compiler_and_the_type_agree() {
        for (text, expected) in [
            ("0", true),
            ("255", true),
            (" 7 ", true),
            ("+7", true),
            ("007", true),
            ("256", false),
            ("-1", false),
            ("", false),
            ("+", false),
            ("1.5", false),
            ("x", false),
            ("99999999999999999999999999999999999999999999", false),
        ] {
            agrees::<u8>(text, expected);
        }
        for (text, expected) in [
            ("-128", true),
            ("127", true),
            ("128", false),
            ("-129", false),
            ("--1", false),
            ("-99999999999999999999", false),
        ] {
            agrees::<i8>(text, expected);
        }
        for (text, expected) in [("18446744073709551615", true), ("18446744073709551616", false), ("0", true)] {
            agrees::<u64>(text, expected);
        }
        for (text, expected) in [("0", false), ("1", true)] {
            agrees::<std::num::NonZeroU16>(text, expected);
        }
        for (text, expected) in [("true", true), ("OFF", true), ("0", true), ("ja", false), ("", false)] {
            agrees::<bool>(text, expected);
        }
        for (text, expected) in [
            ("30s", true),
            ("1h30m", true),
            ("0", true),
            ("500ms", true),
            ("30", false),
            ("s", false),
            ("1w", false),
            ("1 h", false),
            ("", false),
            ("1H", false),
        ] {
            agrees::<Duration>(text, expected);
        }
        for (text, expected) in [("1,2", true), ("1, 2 ", true), ("1,256", false), ("1,x", false)] {
            agrees::<Vec<u8>>(text, expected);
        }
    }

    #[test]
    fn what_only_the_type_knows_is_accepted() {
        for (kind, text) in [(Kind::Text, ""), (Kind::Foreign, "x"), (Kind::Url, "x"), (Kind::Choice(&["a"]), "b")] {
            assert!(accepts(&kind, Defaults::Unknown, text), "{kind:?}");
        }
        let percent = Kind::Integer { min: 0, max: 100 };
        for (text, expected) in [("100", true), ("auto", true), ("101", false), ("-1", false)] {
            assert_eq!(accepts(&percent, Defaults::Unknown, text), expected, "{text}");
        }
    }

    #[test]
    fn a_word_is_a_choice_or_an_alias_of_one() {
        let words = Defaults::Words(&[&["error"], &["http-only", "warning"]]);
        for (text, expected) in [("error", true), ("HTTP_ONLY", true), (" Warning", true), ("wern", false), ("", false)]
        {
            assert_eq!(accepts(&Kind::Choice(&["error", "http-only"]), words, text), expected, "{text}");
        }
        let list = Kind::List { of: &Kind::Choice(&["error", "http-only"]) };
        for (text, expected) in [("error, warning", true), ("error,wern", false)] {
            assert_eq!(accepts(&list, words, text), expected, "{text}");
        }
    }
}
