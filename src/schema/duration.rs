//! Parses lengths of time as operators write them.

use std::time::Duration;

/// Parses `500ms`, `30s`, `5m`, `1h`, `7d`, and sums such as `1h30m`. It rejects a bare number, because it is unclear
/// whether that means seconds or milliseconds. Only `0` needs no unit.
pub(super) const fn parse(text: &str) -> Option<Duration> {
    let mut rest = text.as_bytes();
    if let [b'0'] = rest {
        return Some(Duration::ZERO);
    }
    if rest.is_empty() {
        return None;
    }
    let mut total = Duration::ZERO;
    while !rest.is_empty() {
        let (digits, behind) = rest.split_at(run(rest, false));
        let (unit, behind) = behind.split_at(run(behind, true));
        let Some(one) = one(digits, unit) else { return None };
        total = match total.checked_add(one) {
            Some(total) => total,
            None => return None,
        };
        rest = behind;
    }
    Some(total)
}

/// Returns how many letters, or digits, a text begins with.
const fn run(text: &[u8], letters: bool) -> usize {
    let mut at = 0;
    while at < text.len() && if letters { text[at].is_ascii_alphabetic() } else { text[at].is_ascii_digit() } {
        at += 1;
    }
    at
}

const fn one(digits: &[u8], unit: &[u8]) -> Option<Duration> {
    let Some(number) = number(digits) else { return None };
    let seconds = match unit {
        b"ms" => return Some(Duration::from_millis(number)),
        b"s" => 1,
        b"m" => 60,
        b"h" => 60 * 60,
        b"d" => 24 * 60 * 60,
        _ => return None,
    };
    match number.checked_mul(seconds) {
        Some(seconds) => Some(Duration::from_secs(seconds)),
        None => None,
    }
}

const fn number(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() {
        return None;
    }
    let mut number: u64 = 0;
    let mut at = 0;
    while at < digits.len() {
        let Some(tenfold) = number.checked_mul(10) else { return None };
        number = match tenfold.checked_add((digits[at] - b'0') as u64) {
            Some(number) => number,
            None => return None,
        };
        at += 1;
    }
    Some(number)
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
