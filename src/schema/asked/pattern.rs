//! Checks the rule `matches`: a regular expression that takes linear time.

/// Returns whether the whole text matches the pattern.
#[cfg(feature = "regex")]
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let whole = ["^(?:", pattern, ")$"].concat();
    // The derive has already compiled the pattern in the same way.
    regex::Regex::new(&whole).is_ok_and(|regex| regex.is_match(text))
}

/// Never called, because the derive refuses a pattern without the feature.
#[cfg(not(feature = "regex"))]
pub(super) fn matches(_: &str, _: &str) -> bool {
    false
}
