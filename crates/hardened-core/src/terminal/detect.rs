//! Detection of colours and width, from the stream and `NO_COLOR`, `CLICOLOR`, `CLICOLOR_FORCE`, `TERM` and `COLUMNS`.

use std::{
    env,
    io::{self, IsTerminal},
};

use super::look::{Color, Look};

impl Look {
    /// Returns the look of standard output.
    #[must_use]
    pub fn stdout(color: Color) -> Self {
        look(&io::stdout(), color)
    }

    /// Returns the look of standard error.
    #[must_use]
    pub fn stderr(color: Color) -> Self {
        look(&io::stderr(), color)
    }
}

#[cfg(unix)]
fn look(stream: &(impl IsTerminal + std::os::fd::AsFd), color: Color) -> Look {
    let columns = || rustix::termios::tcgetwinsize(stream).ok().map(|size| usize::from(size.ws_col));
    decide(color, stream.is_terminal(), |name| env::var(name).ok(), columns)
}

/// On other platforms, only `COLUMNS` gives the width.
#[cfg(not(unix))]
fn look(stream: &impl IsTerminal, color: Color) -> Look {
    decide(color, stream.is_terminal(), |name| env::var(name).ok(), || None)
}

fn decide(
    color: Color,
    is_terminal: bool,
    variable: impl Fn(&str) -> Option<String>,
    columns: impl Fn() -> Option<usize>,
) -> Look {
    let is_on = |name| variable(name).is_some_and(|value| !value.is_empty() && value != "0");
    let color = match color {
        Color::Always => true,
        Color::Never => false,
        // https://no-color.org: any value that is not empty counts.
        Color::Auto if variable("NO_COLOR").is_some_and(|value| !value.is_empty()) => false,
        Color::Auto if is_on("CLICOLOR_FORCE") => true,
        Color::Auto if variable("CLICOLOR").is_some_and(|value| value == "0") => false,
        // Old Windows consoles print escape codes as text. Consoles that support them set one of these variables.
        Color::Auto if cfg!(windows) => is_terminal && (is_on("WT_SESSION") || is_on("TERM")),
        Color::Auto => is_terminal && variable("TERM").is_some_and(|name| !name.is_empty() && name != "dumb"),
    };
    let named = || variable("COLUMNS")?.trim().parse().ok();
    let width = if is_terminal { named().or_else(columns).filter(|width| *width > 0) } else { None };
    Look { color, width }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_is_for_terminals_unless_somebody_says_otherwise() {
        for (choice, is_terminal, variables, expected) in [
            (Color::Auto, true, &[("TERM", "xterm")][..], true),
            (Color::Auto, false, &[("TERM", "xterm")], false),
            (Color::Auto, true, &[("TERM", "dumb")], false),
            (Color::Auto, true, &[("TERM", "xterm"), ("NO_COLOR", "1")], false),
            (Color::Auto, true, &[("TERM", "xterm"), ("NO_COLOR", "")], true),
            (Color::Auto, true, &[("TERM", "xterm"), ("CLICOLOR", "0")], false),
            (Color::Auto, true, &[("TERM", "xterm"), ("CLICOLOR", "1")], true),
            (Color::Auto, false, &[("CLICOLOR_FORCE", "1")], true),
            (Color::Auto, false, &[("CLICOLOR_FORCE", "0")], false),
            (Color::Auto, false, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false),
            (Color::Always, false, &[("NO_COLOR", "1")], true),
            (Color::Never, true, &[("TERM", "xterm"), ("CLICOLOR_FORCE", "1")], false),
        ] {
            let variable = |name: &str| Some(variables.iter().find(|(set, _)| *set == name)?.1.to_owned());
            let look = decide(choice, is_terminal, variable, || None);
            assert_eq!(look.color, expected, "{choice:?} {is_terminal} {variables:?}");
        }
    }

    #[test]
    fn only_a_terminal_has_a_width() {
        for (is_terminal, named, columns, expected) in [
            (true, None, Some(120), Some(120)),
            (true, Some("100"), Some(120), Some(100)),
            (true, Some("wide"), Some(120), Some(120)),
            (true, Some("0"), Some(120), None),
            (true, None, Some(0), None),
            (true, None, None, None),
            (false, Some("100"), Some(120), None),
        ] {
            let variable = |name: &str| if name == "COLUMNS" { named.map(str::to_owned) } else { None };
            let look = decide(Color::Never, is_terminal, variable, || columns);
            assert_eq!(look.width, expected, "{is_terminal} {named:?} {columns:?}");
        }
    }
}
