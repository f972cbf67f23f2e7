//! `Access-Control-Max-Age`: how long a browser keeps the answer to a preflight.

use std::time::Duration;

use http::HeaderValue;

use crate::{Rejection, message, rule};

/// The longest that any browser keeps it, in seconds (Firefox).
const LONGEST: u64 = 86_400;
/// The longest that Chromium keeps it, in seconds.
const CHROMIUM: u64 = 7_200;

/// What is wrong with a duration. Fractions of a second are dropped, as the header has none.
pub(super) fn judge(age: Duration) -> Option<Rejection> {
    match age.as_secs() {
        seconds if age > Duration::from_secs(LONGEST) => {
            let fact = message!("max_age is ", seconds, " s; browsers ignore anything above ", LONGEST, " s");
            Some(Rejection::new(rule::CORS_MAX_AGE, fact))
        }
        seconds if age > Duration::from_secs(CHROMIUM) => {
            let fact = message!("max_age is ", seconds, " s; Chromium uses at most ", CHROMIUM, " s");
            Some(Rejection::new(rule::CORS_MAX_AGE_CAPPED, fact))
        }
        _ => None,
    }
    .map(|rejection| rejection.about("max_age"))
}

/// The value of the response header.
pub(super) fn value(age: Duration) -> HeaderValue {
    age.as_secs().into()
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
            assert_eq!(judge(age).map(|rejection| rejection.rule().code()), code, "{age:?}");
        }
    }
}
