//! The explanations of the rules in this crate.

pub(super) mod setting {
    use crate::rule::Explanation;

    pub(in crate::rule) const SETTING_MALFORMED: Explanation = Explanation::without_remedy(
        "If a default silently replaced the value, the mistake would stay hidden. The value itself is not shown because it may be a secret in the wrong place.",
    );
}

pub(super) mod waiver {
    use crate::rule::Explanation;

    pub(in crate::rule) const WAIVER_INVALID: Explanation = Explanation::new(
        "A waiver accepts a danger, so it must say which one, where and why. Some dangers cannot be accepted.",
        "correct the waiver in the service's code",
    );
    pub(in crate::rule) const WAIVER_UNUSED: Explanation = Explanation::new(
        "The rule holds without the waiver. If it stops holding one day, the waiver would hide that.",
        "remove the waiver from the service's code",
    );
}
