//! Explanations of `dotenv-*`.

use super::{Explanation, explain};

pub(in crate::rule) const DOTENV_MALFORMED: Explanation = explain(
    "A line that is silently dropped is a setting that is silently missing. The line is named, its text is not shown.",
    "write NAME=value; quote a value with spaces at its ends, a line break or ` #` in it",
);
pub(in crate::rule) const DOTENV_IGNORED: Explanation = explain(
    "`.env` holds the keys of a person's own machine. In Preview and Production it is never opened, so that a forgotten one changes nothing.",
    "remove it, or hand its values to the process (systemd: EnvironmentFile=)",
);
