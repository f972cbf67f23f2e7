//! How output looks. anstream removes the colours for pipes and for `NO_COLOR`.

use std::{borrow::Cow, path::Path};

use anstyle::{AnsiColor, Style};
use clap::ColorChoice;

/// What is worth reading first.
pub(crate) const STRONG: Style = Style::new().bold();
/// What went well.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
/// What did not.
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
/// What can be skipped.
pub(crate) const FAINT: Style = Style::new().dimmed();

/// Decides for all output of this process when it has colour.
pub(crate) fn choose(color: ColorChoice) {
    let choice = match color {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    };
    choice.write_global();
}

/// A path that cannot command a terminal.
pub(crate) fn path(path: &Path) -> Cow<'static, str> {
    let text = path.to_string_lossy();
    if text.chars().any(char::is_control) { text.escape_debug().to_string().into() } else { text.into_owned().into() }
}
