//! Why each rule exists and what to do when it does not hold.

/// Of the search for values.
pub(super) mod value {
    use hardened_core::rule::Explanation;

    pub(in crate::rule) const SCAN_VALUE_FOUND: Explanation = Explanation::new(
        "Everybody who can read this place has the secret, and copies of it cannot be called back.",
        "generate a new value and put it into the environment, revoke the old one, then remove it from this place",
    );
}
