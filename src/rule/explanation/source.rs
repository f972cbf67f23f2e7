//! Explanations of `source-*`.

use super::{Explanation, explain};

pub(in crate::rule) const SOURCE_MALFORMED: Explanation = explain(
    "The unreadable part may contain any setting, so the whole file is ignored. The report names the position but does not show the text, because it may contain a secret.",
    "correct the file at that position; the format is https://toml.io",
);
pub(in crate::rule) const SOURCE_UNKNOWN_KEY: Explanation = explain(
    "A misspelt key would silently leave its setting at the default.",
    "correct the spelling, or remove the key",
);
pub(in crate::rule) const SOURCE_UNKNOWN_SECTION: Explanation = explain(
    "A misspelt section would silently have no effect, in the one tier where it matters. Sections are [default], [development], [test], [preview], [production] and the service's own groups.",
    "correct the spelling, or remove the section",
);
pub(in crate::rule) const SOURCE_TOO_LARGE: Explanation = explain(
    "No configuration is this long: another file was saved under this name.",
    "save the configuration itself as hardened.toml",
);
pub(in crate::rule) const SOURCE_UNREADABLE: Explanation = explain(
    "A file in this place was meant to be read. Without it, the service would start with other settings.",
    "make it a regular file that the service's user can read, or remove it",
);
pub(in crate::rule) const SOURCE_IGNORED: Explanation = explain(
    "The file is for a person's own machine. In Preview and Production it is never opened, so nothing in it has an effect.",
    "put settings for everybody into hardened.toml, and leave this file out of the image",
);
pub(in crate::rule) const SOURCE_PROVIDER_FAILED: Explanation = explain(
    "Without the provider's values, the service would start with other settings. The provider's own error message is not shown because it could repeat a value.",
    "make the provider's source readable and well-formed, or remove the provider",
);
pub(in crate::rule) const SOURCE_DIRECTORY: Explanation = explain(
    "If a secret directory does not exist, its optional secrets silently stay unset.",
    "correct the path in the service's code, or mount the directory",
);
