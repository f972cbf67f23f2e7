//! Explanations of `setting-*` and `debug-*`.

use super::{Explanation, explain, sourced};

pub(in crate::rule) const SETTING_MISSING: Explanation =
    explain("The service cannot do its work without it, and no default would be right.", "set the variable");
pub(in crate::rule) const SETTING_ABSENT: Explanation = explain(
    "The code runs without it on a developer's machine. In production the same code would run without its database or its error reports, and nobody would be told.",
    "set the variable; where production can do without it, waive the rule for the variable",
);
pub(in crate::rule) const SETTING_NOT_TEXT: Explanation =
    explain("The value is no Unicode text.", "set the value again as UTF-8");
pub(in crate::rule) const SETTING_TOO_LONG: Explanation =
    explain("No setting is that long: a file was pasted into a variable.", "set the value itself");
pub(in crate::rule) const SETTING_INCONSISTENT: Explanation =
    explain("Two settings are each right and wrong together.", "change one of them");
pub(in crate::rule) const SETTING_CONFLICT: Explanation = explain(
    "Two variables of one setting have different values, and nobody can know which was meant.",
    "unset one of them",
);
pub(in crate::rule) const SETTING_SHARED: Explanation = explain(
    "Two settings of the service read the same variable, so one of them gets a value that was meant for the other.",
    "give one of the groups a prefix in the service's code",
);
pub(in crate::rule) const SETTING_MISSPELT: Explanation =
    explain("A variable differs by a letter or two from a setting that is not set.", "rename the variable");
pub(in crate::rule) const SETTING_PADDED_NAME: Explanation = explain(
    "White space in the name of a variable is invisible in most dashboards; the service reads the name without it and finds nothing.",
    "delete the variable and create it again with the plain name",
);
pub(in crate::rule) const SETTING_BLANK: Explanation =
    explain("A blank variable counts as unset.", "unset it, or set a value");
pub(in crate::rule) const SETTING_SERVICE_LINK: Explanation = sourced(
    "Kubernetes injects `NAME_PORT=tcp://…` for every Service; it is no value for this setting.",
    "set `enableServiceLinks: false` in the pod, or rename the Service",
    "https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables",
);
pub(in crate::rule) const DEBUG_ENABLED: Explanation =
    sourced("Debug output shows internals to whoever asks.", "unset DEBUG", "CWE-489");
pub(in crate::rule) const DEBUG_FOREIGN: Explanation = explain(
    "Other tools read DEBUG as well, with patterns such as `app:*`. That is no boolean of ours, and no error.",
    "nothing; debug stays off",
);
