//! Explanations of `setting-*` and `debug-*`.

use super::{Explanation, explain, sourced};

pub(in crate::rule) const SETTING_MISSING: Explanation =
    explain("The service cannot work without it, and no default would be right.", "set the variable");
pub(in crate::rule) const SETTING_ABSENT: Explanation = explain(
    "On a developer's machine the code runs without it. In production the same code would run without its database or its error reports, and nobody would notice.",
    "set the variable; if production can do without it, waive the rule for this variable",
);
pub(in crate::rule) const SETTING_UNKNOWN: Explanation = explain(
    "The code sets a field, or passes on an argument, that belongs to no setting; or a variable begins like those of a list or a map of groups but does not name a setting of an element. It would silently have no effect.",
    "correct the name",
);
pub(in crate::rule) const SETTING_ELEMENTS: Explanation = explain(
    "If a list lacks an element in the middle, two keys differ only in capital letters, or there are too few elements, part of what the operator meant is missing.",
    "number the elements of a list from 0 without gaps; give every element of a map its own key",
);
pub(in crate::rule) const SETTING_ONE_OF: Explanation = explain(
    "The service does one thing or the other. With both set, nobody can tell which was meant.",
    "unset all but one of them",
);
pub(in crate::rule) const SETTING_ALL_OR_NONE: Explanation = explain(
    "Each of the settings is useless without the others, so one of them was probably forgotten.",
    "set all of them, or none",
);
pub(in crate::rule) const SETTING_OTHER_VARIANT: Explanation = explain(
    "The setting belongs to a kind that was not chosen. It has no effect, and perhaps that kind was meant.",
    "unset the setting, or choose the kind that it belongs to",
);
pub(in crate::rule) const SETTING_DEFAULT: Explanation = explain(
    "The value was not set, and the default in the code is not a value of its own type, or breaks a rule of its own field. This is a mistake in the service, not in its environment.",
    "change the default in the service's code; to start before that is deployed, set the variable",
);
pub(in crate::rule) const SETTING_NOT_TEXT: Explanation =
    explain("The value is not Unicode text, so no type can read it.", "set the value again as UTF-8");
pub(in crate::rule) const SETTING_TOO_LONG: Explanation =
    explain("No setting is this long: someone pasted a file into the variable.", "set the value itself");
pub(in crate::rule) const SETTING_INCONSISTENT: Explanation =
    explain("Each of the two settings is valid, but they do not work together.", "change one of them");
pub(in crate::rule) const SETTING_CONFLICT: Explanation = explain(
    "Two names of one setting have different values, and the library cannot tell which was meant.",
    "unset one of them",
);
pub(in crate::rule) const SETTING_SHARED: Explanation = explain(
    "Two settings of the service read the same variable, so one of them gets a value meant for the other.",
    "give one of the groups a prefix in the service's code",
);
pub(in crate::rule) const SETTING_MISSPELT: Explanation = explain(
    "The variable's name is one typing mistake away from that of a setting that is not set, so the setting silently keeps its default. If the variable that names the tier was meant, production's rules apply.",
    "rename the variable",
);
pub(in crate::rule) const SETTING_DEPRECATED: Explanation = explain(
    "It still works. A later release of the service will not read it any more, and the setting would then be missing or at its default.",
    "use what replaces it",
);
pub(in crate::rule) const SETTING_QUOTED: Explanation = sourced(
    "A shell removes quotes; Docker's `--env-file` and most dashboards keep them, so they become part of the value.",
    "set the value without quotes",
    "https://docs.docker.com/reference/cli/docker/container/run/#env",
);
pub(in crate::rule) const SETTING_SEPARATOR: Explanation = explain(
    "A list with a semicolon and no comma is one item. That is right for a list of media types, and wrong for most others.",
    "separate the items with commas",
);
pub(in crate::rule) const SETTING_PADDED_NAME: Explanation = explain(
    "Most dashboards do not show white space in a variable's name. The service looks for the name without it and finds nothing.",
    "delete the variable and create it again with the plain name",
);
pub(in crate::rule) const SETTING_BLANK: Explanation =
    explain("A blank variable counts as unset.", "unset it, or set a value");
pub(in crate::rule) const SETTING_SERVICE_LINK: Explanation = sourced(
    "Kubernetes sets `NAME_PORT=tcp://…` for every Service. That address is not a value for this setting.",
    "set `enableServiceLinks: false` in the pod, or rename the Service",
    "https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables",
);
pub(in crate::rule) const DEBUG_ENABLED: Explanation =
    explain("Debug output shows internals to anyone who asks.", "unset DEBUG");
pub(in crate::rule) const DEBUG_FOREIGN: Explanation = Explanation::without_remedy(
    "Other tools read DEBUG too, with patterns such as `app:*`. Such a value is not an error: debug output stays off.",
);
