//! Numbers and durations within bounds.

use std::time::Duration;

use crate::{Setting, Violation, finding::Message, message, schema::Kind};

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
        let (least, most) = (Duration::from_millis(u64::from(MIN)), Duration::from_millis(u64::from(MAX)));
        let duration = Duration::parse(text)?;
        if (least..=most).contains(&duration) {
            return Ok(Self(duration));
        }
        let bounds = message!("must be a duration from ").then(length(least)).with(" to ").then(length(most));
        Err(Violation::malformed(bounds))
    }
}

/// Returns a duration in its largest whole unit, as operators write it: `10m`.
pub(crate) fn length(duration: Duration) -> Message {
    let milliseconds = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    let units = [(60 * 60 * 1000, "h"), (60 * 1000, "m"), (1000, "s")];
    match units.into_iter().find(|(unit, _)| milliseconds > 0 && milliseconds.is_multiple_of(*unit)) {
        Some((unit, name)) => message!(milliseconds / unit, name),
        None if milliseconds == 0 => message!("0"),
        None => message!(milliseconds, "ms"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_has_its_largest_whole_unit() {
        for (milliseconds, expected) in [
            (0, "0"),
            (100, "100ms"),
            (1000, "1s"),
            (1500, "1500ms"),
            (90_000, "90s"),
            (600_000, "10m"),
            (5_400_000, "90m"),
            (86_400_000, "24h"),
        ] {
            assert_eq!(length(Duration::from_millis(milliseconds)).to_string(), expected);
        }
    }

    #[test]
    fn the_bounds_are_included() {
        for (text, accepted) in [("0", false), ("1", true), ("9", true), ("10", false), ("-1", false), ("x", false)] {
            assert_eq!(Number::<1, 9>::parse(text).is_ok(), accepted, "{text}");
        }
        let refused = Period::<0, 600_000>::parse("11m").unwrap_err();
        assert_eq!(refused.fact().to_string(), "must be a duration from 0 to 10m");
        for (text, accepted) in [("99ms", false), ("100ms", true), ("1s", true), ("1001ms", false), ("1", false)] {
            assert_eq!(Period::<100, 1000>::parse(text).is_ok(), accepted, "{text}");
        }
    }
}
