//! Lengths of time as operators write them.

use std::time::Duration;

/// Reads `500ms`, `30s`, `5m`, `1h`, `7d`, and sums such as `1h30m`. A bare number has no unit, and is refused: nobody
/// can know whether seconds or milliseconds were meant. `0` needs none.
pub(super) fn parse(text: &str) -> Option<Duration> {
    if text == "0" {
        return Some(Duration::ZERO);
    }
    let mut rest = text;
    let mut total = Duration::ZERO;
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(|symbol: char| symbol.is_ascii_digit()).len();
        let (number, behind) = rest.split_at_checked(digits)?;
        let letters = behind.len() - behind.trim_start_matches(|symbol: char| symbol.is_ascii_alphabetic()).len();
        let (unit, behind) = behind.split_at_checked(letters)?;
        total = total.checked_add(one(number.parse().ok()?, unit)?)?;
        rest = behind;
    }
    (!text.is_empty()).then_some(total)
}

fn one(number: u64, unit: &str) -> Option<Duration> {
    let seconds = match unit {
        "ms" => return Some(Duration::from_millis(number)),
        "s" => 1,
        "m" => 60,
        "h" => 60 * 60,
        "d" => 24 * 60 * 60,
        _ => return None,
    };
    number.checked_mul(seconds).map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_with_their_unit() {
        for (text, expected) in [
            ("0", Some(0)),
            ("0s", Some(0)),
            ("500ms", Some(500)),
            ("30s", Some(30_000)),
            ("5m", Some(300_000)),
            ("1h", Some(3_600_000)),
            ("1h30m", Some(5_400_000)),
            ("7d", Some(604_800_000)),
            ("", None),
            ("30", None),
            ("s", None),
            ("-1s", None),
            ("1.5h", None),
            ("1 h", None),
            ("1H", None),
            ("1w", None),
            ("18446744073709551615d", None),
            ("18446744073709551616s", None),
        ] {
            assert_eq!(parse(text), expected.map(Duration::from_millis), "{text:?}");
        }
    }
}
