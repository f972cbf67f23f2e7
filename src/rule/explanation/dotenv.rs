//! Explanations of `dotenv-*`.

use super::{Explanation, explain};

pub(in crate::rule) const DOTENV_MALFORMED: Explanation = explain(
    "If the loader skipped a line it cannot read, a setting would silently go missing. The report names the line and does not show its text.",
    "write NAME=value; quote a value that contains ` #`, a line break, or spaces at either end",
);
pub(in crate::rule) const DOTENV_IGNORED: Explanation = explain(
    "`.env` holds the keys of one developer's machine. In Preview and Production it is never opened, so a forgotten one changes nothing.",
    "remove it, or pass its values to the process (systemd: EnvironmentFile=)",
);
pub(in crate::rule) const DOTENV_LITERAL: Explanation = explain(
    "Other programs replace `${NAME}` in `.env`. This library reads the file literally, because a tenth of strong passwords contain a `$`.",
    "write the whole value, or put it in single quotes if the text itself is meant",
);
pub(in crate::rule) const DOTENV_TIER: Explanation = explain(
    "The tier decides whether `.env` is read, so it cannot come from there.",
    "set it in the environment of the process: in your shell, in cargo's [env], or on the platform",
);
pub(in crate::rule) const DOTENV_FOREIGN: Explanation = Explanation::without_remedy(
    "Compose and other programs share the file. Their lines are skipped; a misspelt setting would be skipped too.",
);
