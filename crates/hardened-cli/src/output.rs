//! Output in the style of a service's reports.

use std::{
    borrow::Cow,
    io::{self, Write},
    path::Path,
    sync::OnceLock,
};

use clap::ColorChoice;
use hardened_core::terminal::{Color, Look, Page, Style};

/// The value of the option `--color`.
static COLOR: OnceLock<Color> = OnceLock::new();

/// Sets whether the output of this process has colour.
pub(crate) fn choose(color: ColorChoice) {
    COLOR.get_or_init(|| match color {
        ColorChoice::Auto => Color::Auto,
        ColorChoice::Always => Color::Always,
        ColorChoice::Never => Color::Never,
    });
}

fn color() -> Color {
    COLOR.get().copied().unwrap_or_default()
}

/// Returns the look of standard output.
pub(crate) fn look() -> Look {
    Look::stdout(color())
}

/// Returns the looks of standard output and standard error.
pub(crate) fn looks() -> (Look, Look) {
    (Look::stdout(color()), Look::stderr(color()))
}

/// Prints a line on standard output. If it is too long for the terminal, it continues below, indented by `hang` columns.
pub(crate) fn line(hang: usize, pieces: &[(Style, &str)]) -> io::Result<()> {
    let text = rendered(look(), hang, pieces);
    writeln!(io::stdout().lock(), "{text}")
}

/// Prints a line on standard error.
pub(crate) fn error_line(hang: usize, pieces: &[(Style, &str)]) {
    let text = rendered(Look::stderr(color()), hang, pieces);
    // If standard error cannot be written, there is nowhere to report it.
    let _ = writeln!(io::stderr().lock(), "{text}");
}

fn rendered(look: Look, hang: usize, pieces: &[(Style, &str)]) -> String {
    let mut page = Page::new(look);
    page.line(hang, pieces);
    page.finish()
}

/// Returns why a file cannot be read or written.
pub(crate) fn cause(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it does not exist".to_owned(),
        io::ErrorKind::IsADirectory => "it is a directory".to_owned(),
        io::ErrorKind::InvalidData => "it is not Unicode text".to_owned(),
        kind => kind.to_string(),
    }
}

/// Returns a path with control characters escaped, so that it is safe to print on a terminal.
pub(crate) fn path(path: &Path) -> Cow<'static, str> {
    let text = path.to_string_lossy();
    if text.chars().any(char::is_control) { text.escape_debug().to_string().into() } else { text.into_owned().into() }
}
