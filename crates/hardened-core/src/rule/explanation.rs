//! Why each rule of this crate exists and what to do when it does not hold.

pub(super) mod setting {
    use crate::rule::Explanation;

    pub(in crate::rule) const SETTING_MALFORMED: Explanation = Explanation::new(
        "A value that is silently replaced by a default hides a mistake. The value itself is not shown: it may be a secret in the wrong place.",
        "set a value of the required form",
    );
}

pub(super) mod waiver {
    use crate::rule::Explanation;

    pub(in crate::rule) const WAIVER_INVALID: Explanation = Explanation::new(
        "A waiver is an accepted danger: it says which, where and why, and some dangers cannot be accepted.",
        "correct the waiver in the service's code",
    );
    pub(in crate::rule) const WAIVER_UNUSED: Explanation = Explanation::new(
        "The rule holds, so the waiver only hides the day on which it will not.",
        "remove the waiver from the service's code",
    );
}
