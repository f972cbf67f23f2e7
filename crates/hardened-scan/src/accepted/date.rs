//! Calendar dates.

use std::{
    fmt,
    time::{SystemTime, UNIX_EPOCH},
};

/// A calendar date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: i64,
    month: u32,
    day: u32,
}

impl Date {
    /// Returns today's date in UTC.
    #[must_use]
    pub fn today() -> Self {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Self::of_day(i64::try_from(seconds / 86_400).unwrap_or(i64::MAX / 2))
    }

    /// Returns the date a number of days after 1970-01-01, by Howard Hinnant's `civil_from_days`:
    /// <https://howardhinnant.github.io/date_algorithms.html>.
    #[must_use]
    pub fn of_day(days: i64) -> Self {
        let shifted = days.saturating_add(719_468);
        let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        // Months are counted from March, so that the leap day is the last day of a year.
        let from_march = (5 * of_year + 2) / 153;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let small = |number: i64| u32::try_from(number).unwrap_or_default();
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self { year, month: small(month), day: small(of_year - (153 * from_march + 2) / 5 + 1) }
    }

    /// Parses a date such as `2026-03-01`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_date = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let mut parts = text.splitn(3, '-').filter(|_| is_date);
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let date = Self { year: year.parse().ok()?, month: month.parse().ok()?, day: day.parse().ok()? };
        (1..=days_of(date.year, date.month)).contains(&date.day).then_some(date)
    }
}

/// Returns the number of days of a month, or 0 if there is no such month.
const fn days_of(year: i64, month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 0,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_its_date() {
        for (day, date) in [
            (0, "1970-01-01"),
            (58, "1970-02-28"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (19_782, "2024-02-29"),
            (20_783, "2026-11-26"),
        ] {
            assert_eq!(Date::of_day(day).to_string(), date);
            assert_eq!(Date::parse(date), Some(Date::of_day(day)));
        }
        let no_days =
            ["2026-01-32", "2026-02-29", "2024-02-30", "2100-02-29", "2026-04-31", "2026-01-00", "2026-00-01"];
        let no_dates = ["", "2026-13-01", "2026-1-1", "26-01-01", "2026/01/01", "tomorrow"];
        for text in no_days.into_iter().chain(no_dates) {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }
}
