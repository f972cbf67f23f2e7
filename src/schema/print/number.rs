//! Turns the bounds of whole numbers into a regular expression, for numbers that are written as text.

/// Returns a regular expression for the whole numbers within bounds, both included, as Rust parses them: with leading zeros
/// and with a sign.
pub(super) fn within(min: i128, max: i128) -> String {
    let mut parts = Vec::new();
    if max >= 0 {
        parts.push(format!("\\+?0*({})", plain(min.max(0).unsigned_abs(), max.unsigned_abs())));
    }
    if min < 0 {
        let nearest = if max < 0 { max.unsigned_abs() } else { 0 };
        parts.push(format!("-0*({})", plain(nearest, min.unsigned_abs())));
    }
    parts.join("|")
}

/// Returns alternatives for the numbers from `min` to `max` without sign and leading zeros.
fn plain(min: u128, max: u128) -> String {
    let mut parts = Vec::new();
    let mut from = min;
    // Handle the numbers of each length separately.
    while from.to_string().len() < max.to_string().len() {
        let digits = from.to_string().len();
        same_length(from.to_string().as_bytes(), &vec![b'9'; digits], String::new(), &mut parts);
        from = 10_u128.saturating_pow(u32::try_from(digits).unwrap_or(u32::MAX));
    }
    same_length(from.to_string().as_bytes(), max.to_string().as_bytes(), String::new(), &mut parts);
    parts.join("|")
}

/// Adds alternatives for the numbers from `min` to `max`, which have the same number of digits. `before` has the leading
/// digits that they share.
fn same_length(min: &[u8], max: &[u8], before: String, parts: &mut Vec<String>) {
    let (Some((low, min)), Some((high, max))) = (min.split_first(), max.split_first()) else {
        parts.push(before);
        return;
    };
    let (low, high) = (*low, *high);
    let rest = min.len();
    let (begins, ends) = (min.iter().all(|digit| *digit == b'0'), max.iter().all(|digit| *digit == b'9'));
    if low == high && !(begins && ends) {
        same_length(min, max, format!("{before}{}", char::from(low)), parts);
        return;
    }
    // The range of first digits after which any digits may follow.
    let (mut first, mut last) = (low, high);
    if !begins {
        same_length(min, &vec![b'9'; rest], format!("{before}{}", char::from(low)), parts);
        first += 1;
    }
    if !ends {
        last -= 1;
    }
    if first <= last {
        let digit = if first == last {
            char::from(first).to_string()
        } else {
            format!("[{}-{}]", char::from(first), char::from(last))
        };
        let any = if rest == 0 { String::new() } else { format!("[0-9]{{{rest}}}") };
        parts.push(format!("{before}{digit}{any}"));
    }
    if !ends {
        same_length(&vec![b'0'; rest], max, format!("{before}{}", char::from(high)), parts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns whether one of the alternatives that `plain` returns matches the number: literals, `[a-b]` and `[0-9]{n}`.
    fn is_in(pattern: &str, number: u128) -> bool {
        let number = number.to_string();
        pattern.split('|').any(|part| {
            let (mut part, mut digits) = (part, number.bytes());
            while let Some(symbol) = part.chars().next() {
                let (low, high, mut behind) = if symbol == '[' {
                    (part.as_bytes()[1], part.as_bytes()[3], &part[5..])
                } else {
                    (symbol as u8, symbol as u8, &part[1..])
                };
                let mut times = 1;
                if let Some(counted) = behind.strip_prefix('{') {
                    let (count, rest) = counted.split_once('}').unwrap();
                    (times, behind) = (count.parse().unwrap(), rest);
                }
                for _ in 0..times {
                    if !digits.next().is_some_and(|digit| (low..=high).contains(&digit)) {
                        return false;
                    }
                }
                part = behind;
            }
            digits.next().is_none()
        })
    }

    #[test]
    fn exactly_the_numbers_within_the_bounds_match() {
        for (min, max) in
            [(0, 0), (0, 9), (1, 9), (0, 10), (5, 5), (7, 13), (1, 100), (0, 255), (99, 1000), (123, 4567), (0, 65_535)]
        {
            let pattern = plain(min, max);
            for number in 0..70_000 {
                assert_eq!(
                    is_in(&pattern, number),
                    (min..=max).contains(&number),
                    "{min}..={max}: {number}: {pattern}"
                );
            }
        }
        let pattern = plain(0, u64::MAX.into());
        for (number, expected) in
            [(0, true), (u64::MAX.into(), true), (u128::from(u64::MAX) + 1, false), (u128::MAX, false)]
        {
            assert_eq!(is_in(&pattern, number), expected, "{number}");
        }
        assert_eq!(plain(0, u128::MAX).split('|').count(), 38 + plain(10_u128.pow(38), u128::MAX).split('|').count());
    }

    #[test]
    fn a_number_may_have_a_sign_and_leading_zeros() {
        for (min, max, expected) in [
            (0, 9, r"\+?0*([0-9])"),
            (1, 255, r"\+?0*([1-9]|[1-9][0-9]{1}|1[0-9]{2}|2[0-4][0-9]{1}|25[0-5])"),
            (-5, 5, r"\+?0*([0-5])|-0*([0-5])"),
            (-9, -3, "-0*([3-9])"),
        ] {
            assert_eq!(within(min, max), expected, "{min}..={max}");
        }
    }
}
