//! The command `hardened audit`: one report for an auditor, and the changes between two releases.

mod arguments;
mod diff;
mod report;

use std::io;

pub(crate) use self::arguments::Arguments;
use crate::outcome::Outcome;

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Outcome> {
    match &arguments.command {
        Some(arguments::Command::Diff(arguments)) => diff::run(arguments),
        None => report::run(arguments),
    }
}
