//! Dates of eight digits, in the three usual orders.

/// The number of distinct dates: a hundred years, in three orders.
pub(super) const CHOICES: u32 = 100 * 366 * 3;

/// The number of digits in a date.
pub(super) const LENGTH: usize = 8;

/// The number of digits from which a text can end within a date. With fewer, single digits are as cheap.
const BEGUN: usize = 6;

/// Returns whether the text starts with a date, or is the beginning of one.
pub(super) fn starts(text: &[u8]) -> bool {
    match leading_number(text) {
        Some((number, LENGTH)) => is_date(number),
        Some((number, count)) if count >= BEGUN => {
            let open = 10_u32.pow((LENGTH - count) as u32);
            (number * open..(number + 1) * open).any(is_date)
        }
        _ => false,
    }
}

/// Returns the number in the first eight characters, or in all if there are fewer, and its length, if they are digits.
fn leading_number(text: &[u8]) -> Option<(u32, usize)> {
    let digits = text.get(..LENGTH).unwrap_or(text);
    let number = digits
        .iter()
        .try_fold(0, |number: u32, digit| digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0')))?;
    Some((number, digits.len()))
}

fn is_date(number: u32) -> bool {
    let (first, last) = (number / 10_000, number % 10_000);
    let is_day = |number: u32| {
        let (one, two) = (number / 100, number % 100);
        is_month_and_day(one, two) || is_month_and_day(two, one)
    };
    is_year(first) && is_month_and_day(last / 100, last % 100) || is_year(last) && is_day(first)
}

fn is_year(year: u32) -> bool {
    (1950..2050).contains(&year)
}

fn is_month_and_day(month: u32, day: u32) -> bool {
    (1..=12).contains(&month) && (1..=31).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::starts;

    #[test]
    fn dates_are_known_in_every_order() {
        for text in ["20240131", "31012024x", "01312024", "2024013", "202401", "310120"] {
            assert!(starts(text.as_bytes()), "{text}");
        }
        for text in ["20241331", "20240132", "18240131", "2024413", "20240", "2024013x", ""] {
            assert!(!starts(text.as_bytes()), "{text}");
        }
    }
}
