//! Numbers and durations within bounds.

use std::time::Duration;

use crate::{Setting, Violation, message, schema::Kind};

/// A whole number from `MIN` to `MAX`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number<const MIN: u32, const MAX: u32>(pub(crate) u32);

impl<const MIN: u32, const MAX: u32> Setting for Number<MIN, MAX> {
    const KIND: Kind = Kind::Integer { min: MIN as i128, max: MAX as i128 };

    fn parse(text: &str) -> Result<Self, Violation> {
        match u32::parse(text) {
            Ok(number) if (MIN..=MAX).contains(&number) => Ok(Self(number)),
            _ => Err(Violation::malformed(Self::KIND.must_be())),
        }
    }
}

/// A duration from `MIN` to `MAX` milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Period<const MIN: u32, const MAX: u32>(pub(crate) Duration);

impl<const MIN: u32, const MAX: u32> Setting for Period<MIN, MAX> {
    const KIND: Kind = Kind::Duration;

    fn parse(text: &str) -> Result<Self, Violation> {
        let bounds = Duration::from_millis(u64::from(MIN))..=Duration::from_millis(u64::from(MAX));
        let duration = Duration::parse(text)?;
        if bounds.contains(&duration) {
            return Ok(Self(duration));
        }
        Err(Violation::malformed(message!("must be a duration from ", MIN, " ms to ", MAX, " ms, such as 30s")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bounds_are_included() {
        for (text, accepted) in [("0", false), ("1", true), ("9", true), ("10", false), ("-1", false), ("x", false)] {
            assert_eq!(Number::<1, 9>::parse(text).is_ok(), accepted, "{text}");
        }
        for (text, accepted) in [("99ms", false), ("100ms", true), ("1s", true), ("1001ms", false), ("1", false)] {
            assert_eq!(Period::<100, 1000>::parse(text).is_ok(), accepted, "{text}");
        }
    }
}
