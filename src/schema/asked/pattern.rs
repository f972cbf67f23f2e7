//! `matches`: a regular expression, whose time grows with the length of the text alone.

/// Whether the whole text matches.
#[cfg(feature = "regex")]
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let whole = ["^(?:", pattern, ")$"].concat();
    // The derive has compiled it already, in the same way.
    regex::Regex::new(&whole).is_ok_and(|regex| regex.is_match(text))
}

/// The derive lets no pattern come here without the feature.
#[cfg(not(feature = "regex"))]
pub(super) fn matches(_: &str, _: &str) -> bool {
    false
}
