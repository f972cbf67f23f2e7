//! Explanations of `dotenv-*`.

use super::{Explanation, explain};

pub(in crate::rule) const DOTENV_MALFORMED: Explanation = explain(
    "If the loader skipped a line it cannot read, a setting would go missing without a word. The report names the line and does not show its text.",
    "write NAME=value; quote a value that contains ` #`, a line break, or spaces at either end",
);
pub(in crate::rule) const DOTENV_IGNORED: Explanation = explain(
    "`.env` holds the keys of one developer's machine. In Preview and Production it is never opened, so a forgotten one changes nothing.",
    "remove it, or pass its values to the process (systemd: EnvironmentFile=)",
);
