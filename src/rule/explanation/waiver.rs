//! Explanations of `waiver-*`.

use super::{Explanation, explain};

pub(in crate::rule) const WAIVER_INVALID: Explanation = explain(
    "A waiver accepts a danger, so it must say which one, where and why. Some dangers cannot be accepted.",
    "correct the waiver in the service's code",
);
pub(in crate::rule) const WAIVER_UNUSED: Explanation = explain(
    "The rule holds without the waiver. If it stops holding one day, the waiver would hide that.",
    "remove the waiver from the service's code",
);
