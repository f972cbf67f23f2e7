//! Describes what a value must be, with the rules of its field: `a whole number from 1 to 1024`.

use super::{Asked, FieldRule, Length, Literal, Range};
use crate::{finding::Message, message, schema::Kind};

/// Returns what a value must be, as a noun phrase: in the service's own words, or else as its kind describes it, with the
/// bounds of the field.
pub(crate) fn wanted(asked: &Asked, kind: &Kind, expects: Option<&'static str>) -> Message {
    let Kind::List { of } = kind else { return of_one(kind, asked.own, expects) };
    let list = of_one(of, asked.each, expects).with("; separate several with commas");
    match asked.own.iter().find_map(FieldRule::length) {
        Some(length) => list.with("; ").then(bounds(length)).with(if counts_one(length) { " item" } else { " items" }),
        None => list,
    }
}

/// Returns what a single value must be, such as an item of a list.
pub(super) fn of_one(kind: &Kind, rules: &'static [FieldRule], expects: Option<&'static str>) -> Message {
    let range = rules.iter().find_map(|rule| match rule {
        FieldRule::Range(range) => Some(range),
        _ => None,
    });
    let one_of = rules.iter().find_map(|rule| match rule {
        FieldRule::OneOf(values) => Some(*values),
        _ => None,
    });
    let pattern = rules.iter().find_map(|rule| match rule {
        FieldRule::Matches(pattern) => Some(*pattern),
        _ => None,
    });
    let noun = match (one_of, range) {
        (Some(values), _) => values.iter().enumerate().fold(message!("one of "), |list, (number, value)| {
            list.with(if number == 0 { "" } else { ", " }).then(literal(value))
        }),
        (None, Some(range)) => of_range(kind, range, expects),
        (None, None) => expects.map_or_else(|| noun(kind, rules), Message::from),
    };
    let noun = match rules.iter().find_map(FieldRule::length).filter(|_| !matches!(kind, Kind::Key { .. })) {
        Some(length) => sized(kind, noun, length),
        None => noun,
    };
    match pattern.filter(|_| expects.is_none()) {
        Some(pattern) => noun.with(" that matches ").with(pattern),
        None => noun,
    }
}

/// Returns the noun for a kind. For a key it includes the length.
fn noun(kind: &Kind, rules: &[FieldRule]) -> Message {
    match (kind, rules.iter().find_map(FieldRule::length)) {
        (Kind::Key { min_bytes }, Some(length)) => {
            let length = Length { min: length.min.or(Some(*min_bytes)), ..*length };
            message!("a key of ").then(bounds(&length)).with(" bytes")
        }
        _ => kind.requirement(),
    }
}

fn sized(kind: &Kind, noun: Message, length: &Length) -> Message {
    let joint = match kind {
        Kind::Text | Kind::Path | Kind::Foreign | Kind::Credential => " of ",
        _ => ", of ",
    };
    let unit = match (kind.is_secret(), counts_one(length)) {
        (true, true) => " byte",
        (true, false) => " bytes",
        (false, true) => " character",
        (false, false) => " characters",
    };
    noun.with(joint).then(bounds(length)).with(unit)
}

/// Returns whether the unit after the bounds is in the singular.
fn counts_one(length: &Length) -> bool {
    length.max.or(length.min) == Some(1)
}

/// Returns the bounds as text: `at least 3`, `3 to 50`, `exactly 8`.
pub(super) fn bounds(length: &Length) -> Message {
    match (length.min, length.max) {
        (Some(min), Some(max)) if min == max => message!("exactly ", min),
        (Some(0) | None, Some(max)) => message!("at most ", max),
        (Some(min), Some(max)) => message!(min, " to ", max),
        (Some(min), None) => message!("at least ", min),
        (None, None) => Message::new(),
    }
}

fn of_range(kind: &Kind, range: &Range, expects: Option<&'static str>) -> Message {
    if let Kind::Integer { min, max } = kind {
        let (min, max) = range.of_whole_numbers(*min, *max);
        return match expects {
            Some(expects) => message!(expects, " from ", min, " to ", max),
            None => message!("a whole number from ", min, " to ", max),
        };
    }
    let noun = match kind {
        Kind::Duration => "a duration",
        _ => "a number",
    };
    let noun = Message::from(expects.unwrap_or(noun));
    match (&range.from, &range.to, range.below) {
        (Some(from), Some(to), false) => noun.with(" from ").then(literal(from)).with(" to ").then(literal(to)),
        (Some(from), Some(to), true) => {
            noun.with(" of at least ").then(literal(from)).with(" and below ").then(literal(to))
        }
        (Some(from), None, _) => noun.with(" of at least ").then(literal(from)),
        (None, Some(to), false) => noun.with(" of at most ").then(literal(to)),
        (None, Some(to), true) => noun.with(" below ").then(literal(to)),
        (None, None, _) => noun,
    }
}

fn literal(literal: &Literal) -> Message {
    match literal {
        Literal::Whole(number) => message!(*number),
        Literal::Decimal { text, .. } | Literal::Text(text) => Message::from(*text),
    }
}

impl FieldRule {
    pub(super) fn length(&self) -> Option<&Length> {
        match self {
            Self::Length(length) => Some(length),
            _ => None,
        }
    }
}

impl Range {
    /// Returns the bounds of the whole numbers within this range and within the bounds of their type.
    pub(crate) const fn of_whole_numbers(&self, min: i128, max: i128) -> (i128, i128) {
        let from = match self.from {
            Some(Literal::Whole(from)) if from > min => from,
            _ => min,
        };
        let to = match self.to {
            Some(Literal::Whole(to)) if to <= max => to - self.below as i128,
            _ => max,
        };
        (from, to)
    }
}
