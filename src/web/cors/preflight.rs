//! Checks of the preflight response: how long browsers may cache it, and its status.

use std::time::Duration;

use http::{HeaderValue, StatusCode};

use super::kept;
use crate::{Violation, message, rule};

/// The longest time that any browser (Firefox) caches a preflight response, in seconds.
const LONGEST: u64 = 86_400;
/// The longest time that Chromium caches it, in seconds.
const CHROMIUM: u64 = 7_200;

/// Returns what is wrong with a cache time. The header value drops fractions of a second, because the header has none.
pub(super) fn judge_max_age(age: Duration) -> Option<Violation> {
    match age.as_secs() {
        seconds if age > Duration::from_secs(LONGEST) => {
            let fact = message!("max_age is ", seconds, " s; browsers ignore anything above ", LONGEST, " s");
            Some(Violation::new(rule::CORS_MAX_AGE, fact))
        }
        seconds if age > Duration::from_secs(CHROMIUM) => {
            let fact = message!("max_age is ", seconds, " s; Chromium uses at most ", CHROMIUM, " s");
            Some(Violation::new(rule::CORS_MAX_AGE_CAPPED, fact))
        }
        _ => None,
    }
    .map(|violation| violation.about("max_age"))
}

/// Returns the value of `Access-Control-Max-Age`.
pub(super) fn max_age_value(age: Duration) -> Option<HeaderValue> {
    kept::value(&age.as_secs().to_string())
}

/// Checks a status: browsers require an [ok status](https://fetch.spec.whatwg.org/#ok-status), 200 to 299.
pub(super) fn judge_status(status: u16) -> Result<StatusCode, Violation> {
    let fact = || message!("status ", status, "; must be between ", 200, " and ", 299);
    let violation = || Violation::new(rule::CORS_PREFLIGHT_STATUS, fact()).about("preflight_status");
    StatusCode::from_u16(status).ok().filter(StatusCode::is_success).ok_or_else(violation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_judged_at_its_bounds() {
        for (age, code) in [
            (Duration::ZERO, None),
            (Duration::from_secs(7_200), None),
            (Duration::from_secs(7_201), Some("cors-max-age-capped")),
            (Duration::from_secs(86_400), Some("cors-max-age-capped")),
            (Duration::from_millis(86_400_001), Some("cors-max-age")),
            (Duration::from_secs(86_401), Some("cors-max-age")),
            (Duration::MAX, Some("cors-max-age")),
        ] {
            assert_eq!(judge_max_age(age).map(|violation| violation.rule().code()), code, "{age:?}");
        }
    }

    #[test]
    fn a_status_is_judged_at_its_bounds() {
        for (status, accepted) in
            [(0, false), (199, false), (200, true), (204, true), (299, true), (300, false), (403, false), (1000, false)]
        {
            assert_eq!(judge_status(status).is_ok(), accepted, "{status}");
        }
    }
}
