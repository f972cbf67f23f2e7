//! Why each rule exists and what to do when it does not hold.

/// Of the search for values.
pub(super) mod value {
    use hardened_core::rule::Explanation;

    pub(in crate::rule) const SCAN_VALUE_FOUND: Explanation = Explanation::new(
        "Everybody who can read this place has the secret, and copies of it cannot be called back.",
        "generate a new value and put it into the environment, revoke the old one, then remove it from this place",
    );
}

/// Of the list of accepted findings.
pub(super) mod accepted {
    use hardened_core::rule::Explanation;

    pub(in crate::rule) const SCAN_ACCEPTED_EXPIRED: Explanation = Explanation::new(
        "Somebody accepted a finding until a day that has passed.",
        "repair what was accepted, or set a new date with a reason in hardened.scan.toml",
    );
    pub(in crate::rule) const SCAN_ACCEPTED_UNUSED: Explanation = Explanation::new(
        "An entry that accepts nothing would hide the next finding at its place.",
        "remove the entry from hardened.scan.toml",
    );
}
