//! Explanations of `waiver-*`.

use super::{Explanation, explain};

pub(in crate::rule) const WAIVER_INVALID: Explanation = explain(
    "A waiver is an accepted danger: it says which, where and why, and some dangers cannot be accepted.",
    "correct the waiver in the service's code",
);
pub(in crate::rule) const WAIVER_UNUSED: Explanation = explain(
    "The rule holds, so the waiver only hides the day on which it will not.",
    "remove the waiver from the service's code",
);
