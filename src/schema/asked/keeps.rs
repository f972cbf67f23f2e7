//! Checks a value against the rules of its field: a default at compile time, and every value at the start.

use std::cmp::Ordering;

use super::{Asked, FieldRule, Length, Literal, Range, pattern, wanted};
use crate::{
    Violation, message,
    schema::{
        Kind,
        defaults::{until, whole},
        duration, list,
    },
};

/// Returns `false` if the compiler can tell that a default breaks a rule. If it cannot tell, reading the default decides.
pub(crate) const fn keeps_default(kind: &Kind, rule: &FieldRule, of_items: bool, text: &str) -> bool {
    match kind {
        // A list in JSON notation is not split here.
        Kind::List { .. } if matches!(text.as_bytes(), [b'[', ..]) => true,
        Kind::List { of } if of_items => {
            let mut rest = text.as_bytes();
            while !rest.is_empty() {
                let (item, behind) = until(rest, b',');
                if let Some(false) = decided(of, rule, item.trim_ascii()) {
                    return false;
                }
                rest = behind;
            }
            true
        }
        Kind::List { .. } => match rule {
            FieldRule::Length(length) => length.has(items(text.as_bytes())),
            _ => true,
        },
        kind => !matches!(decided(kind, rule, read(kind, text.as_bytes())), Some(false)),
    }
}

/// Returns how many comma-separated items a text has.
const fn items(mut rest: &[u8]) -> usize {
    let mut count = 0;
    while !rest.is_empty() {
        count += 1;
        rest = until(rest, b',').1;
    }
    count
}

/// Returns the part of a text that its type reads.
const fn read<'t>(kind: &Kind, text: &'t [u8]) -> &'t [u8] {
    if is_exact(kind) { text } else { text.trim_ascii() }
}

/// Returns whether white space around a value is part of the value.
const fn is_exact(kind: &Kind) -> bool {
    kind.is_secret() || matches!(kind, Kind::Text | Kind::Path | Kind::Foreign)
}

/// Returns whether a value keeps a rule. Returns `None` if that cannot be decided at compile time.
const fn decided(kind: &Kind, rule: &FieldRule, text: &[u8]) -> Option<bool> {
    match rule {
        FieldRule::Length(length) => Some(length.has(if kind.is_secret() { text.len() } else { characters(text) })),
        FieldRule::Range(range) => is_within(kind, range, text),
        FieldRule::OneOf(values) => is_one_of(kind, values, text),
        FieldRule::Matches(_) => None,
    }
}

const fn characters(text: &[u8]) -> usize {
    let (mut count, mut at) = (0, 0);
    while at < text.len() {
        // Continuation bytes of UTF-8 do not count.
        if text[at] & 0b1100_0000 != 0b1000_0000 {
            count += 1;
        }
        at += 1;
    }
    count
}

impl Length {
    pub(super) const fn has(&self, length: usize) -> bool {
        let is_short = matches!(self.min, Some(min) if length < min);
        let is_long = matches!(self.max, Some(max) if length > max);
        !is_short && !is_long
    }
}

const fn is_within(kind: &Kind, range: &Range, text: &[u8]) -> Option<bool> {
    if let Some(from) = &range.from {
        match compared(kind, text, from) {
            Some(Ordering::Less) => return Some(false),
            Some(_) => {}
            None => return None,
        }
    }
    let Some(to) = &range.to else { return Some(true) };
    match compared(kind, text, to) {
        Some(Ordering::Less) => Some(true),
        Some(Ordering::Equal) => Some(!range.below),
        Some(Ordering::Greater) => Some(false),
        None => None,
    }
}

const fn is_one_of(kind: &Kind, values: &[Literal], text: &[u8]) -> Option<bool> {
    let mut at = 0;
    while at < values.len() {
        match compared(kind, text, &values[at]) {
            Some(Ordering::Equal) => return Some(true),
            Some(_) => {}
            None => return None,
        }
        at += 1;
    }
    Some(false)
}

/// Compares a value to a literal in an attribute. Returns `None` if either is not of the kind, or cannot be compared here.
/// Two different texts compare as `Less`.
const fn compared(kind: &Kind, text: &[u8], literal: &Literal) -> Option<Ordering> {
    match (kind, literal) {
        (Kind::Integer { .. }, Literal::Whole(bound)) => match whole(text) {
            Some(number) if number < *bound => Some(Ordering::Less),
            Some(number) if number > *bound => Some(Ordering::Greater),
            Some(_) => Some(Ordering::Equal),
            None => None,
        },
        (Kind::Duration, Literal::Text(bound)) => match (duration_of(text), duration::parse(bound)) {
            (Some(length), Some(bound)) if length.as_nanos() < bound.as_nanos() => Some(Ordering::Less),
            (Some(length), Some(bound)) if length.as_nanos() > bound.as_nanos() => Some(Ordering::Greater),
            (Some(_), Some(_)) => Some(Ordering::Equal),
            _ => None,
        },
        (Kind::Decimal, _) => match (decimal(text), literal.number()) {
            (Some(number), Some(bound)) if number < bound => Some(Ordering::Less),
            (Some(number), Some(bound)) if number > bound => Some(Ordering::Greater),
            (Some(_), Some(_)) => Some(Ordering::Equal),
            _ => None,
        },
        (Kind::Integer { .. } | Kind::Duration, _) => None,
        (_, Literal::Text(word)) => Some(if is_same(text, word.as_bytes()) { Ordering::Equal } else { Ordering::Less }),
        _ => None,
    }
}

/// Parses a number in plain decimal digits, few enough for both operands to be exact, so that only the division rounds.
#[expect(clippy::cast_precision_loss, reason = "at most 15 digits")]
const fn decimal(text: &[u8]) -> Option<f64> {
    let digits = match text {
        [b'-' | b'+', digits @ ..] => digits,
        digits => digits,
    };
    if digits.is_empty() || digits.len() > 16 {
        return None;
    }
    let (mut number, mut divisor, mut has_point, mut at) = (0_u64, 1_u64, false, 0);
    while at < digits.len() {
        match digits[at] {
            b'.' if !has_point => has_point = true,
            digit @ b'0'..=b'9' if at < 15 || has_point => {
                number = number * 10 + (digit - b'0') as u64;
                if has_point {
                    divisor *= 10;
                }
            }
            _ => return None,
        }
        at += 1;
    }
    let number = number as f64 / divisor as f64;
    Some(if matches!(text, [b'-', ..]) { -number } else { number })
}

const fn duration_of(text: &[u8]) -> Option<std::time::Duration> {
    match std::str::from_utf8(text) {
        Ok(text) => duration::parse(text),
        Err(_) => None,
    }
}

const fn is_same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// Returns the rules of a field that an accepted text breaks. No message contains the text.
pub(crate) fn broken(asked: &Asked, kind: &Kind, expects: Option<&'static str>, text: &str) -> Vec<Violation> {
    let Kind::List { of } = kind else {
        let of_value = |rule| (!keeps(kind, rule, text)).then(|| told(kind, rule, asked.own, expects, text));
        return asked.own.iter().filter_map(of_value).collect();
    };
    let items = if of.is_secret() { list::secrets(text) } else { list::items(text) };
    let items = items.unwrap_or_default();
    let mut broken: Vec<_> = asked.own.iter().filter_map(|rule| of_list(rule, items.len())).collect();
    for (number, item) in (1_usize..).zip(&items) {
        let first = asked.each.iter().find(|rule| !keeps(of, rule, item));
        broken.extend(first.map(|rule| {
            let violation = told(of, rule, asked.each, expects, item);
            violation.prefixed(message!("item ", number, ": "))
        }));
    }
    broken
}

/// Returns the violation if a list has too many items, even if they cannot be parsed.
pub(crate) fn too_many(asked: &Asked, kind: &Kind, text: &str) -> Option<Violation> {
    let Kind::List { of } = kind else { return None };
    let items = if of.is_secret() { list::secrets(text) } else { list::items(text) };
    let items = items.ok()?.len();
    let is_exceeded = |length: &Length| length.max.is_some_and(|max| items > max);
    asked.own.iter().find(|rule| rule.length().is_some_and(is_exceeded)).and_then(|rule| of_list(rule, items))
}

/// Returns the violation if a list breaks the rule. Only a rule about the length applies to a list itself.
fn of_list(rule: &FieldRule, items: usize) -> Option<Violation> {
    let FieldRule::Length(length) = rule else { return None };
    (!length.has(items)).then(|| {
        let unit = if items == 1 { " item; must be " } else { " items; must be " };
        Violation::malformed(message!(items, unit).then(wanted::bounds(length)))
    })
}

/// Returns whether one value keeps a rule.
fn keeps(kind: &Kind, rule: &FieldRule, text: &str) -> bool {
    let exact = if is_exact(kind) { text } else { text.trim() };
    decided(kind, rule, exact.as_bytes()).unwrap_or_else(|| match rule {
        FieldRule::Matches(pattern) => pattern::matches(pattern, exact),
        FieldRule::Range(range) => is_number_within(range, exact),
        FieldRule::OneOf(values) => values.iter().any(|value| number(exact) == value.number()),
        FieldRule::Length(_) => false,
    })
}

fn is_number_within(range: &Range, text: &str) -> bool {
    let Some(number) = number(text) else { return false };
    let is_from = range.from.as_ref().and_then(Literal::number).is_none_or(|from| number >= from);
    let is_to = |to: f64| if range.below { number < to } else { number <= to };
    is_from && range.to.as_ref().and_then(Literal::number).is_none_or(is_to)
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

impl Literal {
    /// Returns the literal as a bound of a number with a fraction.
    #[expect(clippy::cast_precision_loss, reason = "the compiler refuses a bound that is not exact")]
    pub(super) const fn number(&self) -> Option<f64> {
        match self {
            Self::Whole(number) => Some(*number as f64),
            Self::Decimal { value, .. } => Some(*value),
            Self::Text(_) => None,
        }
    }
}

fn told(
    kind: &Kind,
    rule: &FieldRule,
    all: &'static [FieldRule],
    expects: Option<&'static str>,
    text: &str,
) -> Violation {
    match rule {
        FieldRule::Length(length) => {
            let (count, one, more) = if kind.is_secret() {
                (text.len(), " byte; must be ", " bytes; must be ")
            } else {
                (text.chars().count(), " character; must be ", " characters; must be ")
            };
            let unit = if count == 1 { one } else { more };
            Violation::malformed(message!(count, unit).then(wanted::bounds(length)))
        }
        FieldRule::OneOf(values) => {
            let words = values.iter().filter_map(|value| match value {
                Literal::Text(word) if !matches!(kind, Kind::Duration) => Some(*word),
                _ => None,
            });
            let violation = Violation::malformed(message!("must be ").then(wanted::of_one(kind, all, expects)));
            match hardened_core::text::nearest(text.trim(), words) {
                Some(meant) => violation.remedy(message!("did you mean `", meant, "`?")),
                None => violation,
            }
        }
        FieldRule::Range(_) | FieldRule::Matches(_) => {
            Violation::malformed(message!("must be ").then(wanted::of_one(kind, all, expects)))
        }
    }
}
