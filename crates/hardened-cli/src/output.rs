//! How output looks. anstream removes the colours for pipes and for `NO_COLOR`.

use std::{borrow::Cow, path::Path};

use anstyle::{AnsiColor, Style};

/// What is worth reading first.
pub(crate) const STRONG: Style = Style::new().bold();
/// What went well.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
/// What did not.
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
/// What can be skipped.
pub(crate) const FAINT: Style = Style::new().dimmed();

/// A path that cannot command a terminal.
pub(crate) fn path(path: &Path) -> Cow<'static, str> {
    let text = path.to_string_lossy();
    if text.chars().any(char::is_control) { text.escape_debug().to_string().into() } else { text.into_owned().into() }
}
