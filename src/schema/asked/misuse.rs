//! Finds rules that make no sense for the type of their field, at compile time for the derive.

use super::{FieldRule, Length, Literal, Range};
use crate::schema::{Defaults, Kind, duration};

/// Returns why a rule makes no sense for a type, or `None` if it does.
pub(crate) const fn misuse(kind: &Kind, reading: Defaults, rule: &FieldRule, of_items: bool) -> Option<&'static str> {
    match kind {
        Kind::List { of } if of_items => of_value(of, reading, rule),
        Kind::List { .. } => of_list(rule),
        _ if of_items => Some("`each` is for the items of a list, but the type of this setting is one value"),
        kind => of_value(kind, reading, rule),
    }
}

const fn of_list(rule: &FieldRule) -> Option<&'static str> {
    match rule {
        FieldRule::Length(_) => None,
        FieldRule::Range(_) => Some("`range` is for one value: write `each(range = …)` for the items of a list"),
        FieldRule::OneOf(_) => Some("`one_of` is for one value: write `each(one_of = …)` for the items of a list"),
        FieldRule::Matches(_) => Some("`matches` is for one value: write `each(matches = …)` for the items of a list"),
    }
}

const fn of_value(kind: &Kind, reading: Defaults, rule: &FieldRule) -> Option<&'static str> {
    match (rule, kind) {
        (FieldRule::Range(_) | FieldRule::OneOf(_), Kind::Integer { .. } | Kind::Decimal | Kind::Duration)
            if !matches!(reading, Defaults::OfKind) =>
        {
            Some(
                "a type of your own checks its bounds in its `parse`: this attribute is for numbers and durations of the standard library",
            )
        }
        (FieldRule::Range(range), Kind::Integer { min, max }) => whole(range, *min, *max),
        (FieldRule::Range(range), Kind::Decimal) => decimal(range),
        (FieldRule::Range(range), Kind::Duration) => length_of_time(range),
        (FieldRule::Range(_), _) => Some("`range` is for numbers and durations"),
        (FieldRule::Length(length), Kind::Key { min_bytes }) => key(length, *min_bytes),
        (
            FieldRule::Length(_),
            Kind::Text
            | Kind::Path
            | Kind::Url
            | Kind::Origin
            | Kind::Foreign
            | Kind::Credential
            | Kind::JsonCredential,
        ) => None,
        (FieldRule::Length(_), _) => Some("`len` and `non_empty` are for texts, secrets and lists"),
        (FieldRule::OneOf(_), kind) if kind.is_secret() => {
            Some("a secret cannot be one of a few values, because anyone who reads the code would know them")
        }
        (FieldRule::OneOf(values), _) => one_of(kind, values),
        (
            FieldRule::Matches(_),
            Kind::Text | Kind::Path | Kind::Url | Kind::Origin | Kind::Foreign | Kind::Credential,
        ) => None,
        (FieldRule::Matches(_), _) => Some("`matches` is for texts and credentials"),
    }
}

const EMPTY: Option<&str> = Some("no value is within this range");
const OUTSIDE: Option<&str> = Some("this range goes beyond the values of the type");

const fn whole(range: &Range, min: i128, max: i128) -> Option<&'static str> {
    const OTHER: Option<&str> = Some("the bounds of a whole number are whole numbers, such as `1..=65535`");
    let from = match range.from {
        Some(Literal::Whole(from)) => from,
        Some(_) => return OTHER,
        None => min,
    };
    let to = match range.to {
        Some(Literal::Whole(to)) => match to.checked_sub(range.below as i128) {
            Some(to) => to,
            None => return EMPTY,
        },
        Some(_) => return OTHER,
        None => max,
    };
    if from > to {
        EMPTY
    } else if from < min || to > max {
        OUTSIDE
    } else {
        None
    }
}

const fn decimal(range: &Range) -> Option<&'static str> {
    const OTHER: Option<&str> = Some("the bounds of a number are numbers, such as `0.0..=1.0`");
    const INEXACT: Option<&str> = Some("this bound has more digits than an `f64`");
    let mut bounds = [f64::NEG_INFINITY, f64::INFINITY];
    let given = [range.from, range.to];
    let mut at = 0;
    while at < given.len() {
        if let Some(literal) = given[at] {
            // Up to this power of two, an `f64` can represent every whole number.
            if matches!(literal, Literal::Whole(number) if number.unsigned_abs() > 1 << 53) {
                return INEXACT;
            }
            bounds[at] = match literal.number() {
                Some(number) => number,
                None => return OTHER,
            };
        }
        at += 1;
    }
    let [from, to] = bounds;
    if from > to || range.below && from >= to { EMPTY } else { None }
}

const fn length_of_time(range: &Range) -> Option<&'static str> {
    const OTHER: Option<&str> = Some("the bounds of a duration are texts with a unit, such as `\"1s\"..=\"5m\"`");
    let mut bounds = [0, u128::MAX];
    let given = [range.from, range.to];
    let mut at = 0;
    while at < given.len() {
        if let Some(literal) = given[at] {
            let Literal::Text(text) = literal else { return OTHER };
            let Some(length) = duration::parse(text) else { return OTHER };
            bounds[at] = length.as_nanos();
        }
        at += 1;
    }
    let [from, to] = bounds;
    if from > to || range.below && from >= to { EMPTY } else { None }
}

const fn key(length: &Length, min_bytes: usize) -> Option<&'static str> {
    match (length.min, length.max) {
        (Some(min), _) if min < min_bytes => {
            Some("the type of this key already requires more bytes: `len` can only raise the minimum")
        }
        (_, Some(max)) if max < min_bytes => Some("no key is this short: its type requires more bytes"),
        _ => None,
    }
}

const fn one_of(kind: &Kind, values: &[Literal]) -> Option<&'static str> {
    const MIXED: Option<&str> = Some("each of the values must be one that the type of this setting accepts");
    let mut at = 0;
    while at < values.len() {
        let fits = match (kind, &values[at]) {
            (Kind::Integer { min, max }, Literal::Whole(number)) => *min <= *number && *number <= *max,
            (Kind::Decimal, Literal::Whole(_) | Literal::Decimal { .. }) => true,
            (Kind::Duration, Literal::Text(text)) => duration::parse(text).is_some(),
            (
                Kind::Text
                | Kind::Path
                | Kind::Url
                | Kind::Origin
                | Kind::Address
                | Kind::SocketAddress
                | Kind::Foreign,
                Literal::Text(_),
            ) => true,
            (Kind::Choice(_) | Kind::Boolean, _) => {
                return Some("the type of this setting already names its values: remove `one_of`");
            }
            _ => false,
        };
        if !fits {
            return MIXED;
        }
        at += 1;
    }
    None
}
