//! Explanations of `source-*`.

use super::{Explanation, explain};

pub(in crate::rule) const SOURCE_MALFORMED: Explanation = explain(
    "What cannot be read may hold any setting, so nothing of the file counts. The place is named, the text is not shown: it may hold a secret.",
    "correct the file at the place that is named; its form is that of https://toml.io",
);
pub(in crate::rule) const SOURCE_UNKNOWN_KEY: Explanation = explain(
    "A misspelt key would silently leave its setting at the default.",
    "correct the spelling, or remove the key",
);
pub(in crate::rule) const SOURCE_UNKNOWN_SECTION: Explanation = explain(
    "A misspelt section would silently not count, in the one tier where it matters. Sections are [default], [development], [test], [preview], [production] and the service's own groups.",
    "correct the spelling, or remove the section",
);
pub(in crate::rule) const SOURCE_TOO_LARGE: Explanation = explain(
    "No configuration is that long: something else was put in its place.",
    "put the configuration itself in hardened.toml",
);
pub(in crate::rule) const SOURCE_UNREADABLE: Explanation = explain(
    "A file that lies where it is looked for was meant to be read. To start without it would be to start with other settings.",
    "make it a regular file that the service's user can read, or remove it",
);
pub(in crate::rule) const SOURCE_PROVIDER_FAILED: Explanation = explain(
    "To start without the values of a provider would be to start with other settings. Its own message is not shown, for it could repeat a value.",
    "make the source of the provider readable and well-formed, or take the provider away",
);
