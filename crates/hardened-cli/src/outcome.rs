//! The outcome of a run, and errors on standard error.

use hardened_core::terminal::Style;

use crate::output;

/// The outcome of a run that had no input or output error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The task is done, or the input is accepted.
    Done,
    /// The input is refused, or the task failed. The reason is already printed.
    Refused,
    /// Nothing failed, but something could not be checked.
    Inconclusive,
    /// The usage was wrong. The reason is already printed.
    Misused,
}

/// Prints an error on standard error. Only its first line is marked as an error.
pub(crate) fn complain(words: &str) {
    let (first, rest) = words.split_once('\n').unwrap_or((words, ""));
    output::error_line(7, &[(Style::Bad, "error: "), (Style::Plain, first)]);
    rest.lines().for_each(|line| output::error_line(0, &[(Style::Plain, line)]));
}
