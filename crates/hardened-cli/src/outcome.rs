//! How a run ends, and how it says so.

use hardened_core::terminal::Style;

use crate::output;

/// How a run ended, other than by an error of input or output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// What was asked for is done, or accepted.
    Done,
    /// Refused, or not done; said already.
    Refused,
    /// Nothing failed, but something was not shown.
    Inconclusive,
    /// Wrong usage; said already.
    Misused,
}

/// Says on standard error why nothing, or not all, was done. Paragraphs behind the first stand for themselves.
pub(crate) fn complain(words: &str) {
    let (first, rest) = words.split_once('\n').unwrap_or((words, ""));
    output::error_line(7, &[(Style::Bad, "error: "), (Style::Plain, first)]);
    rest.lines().for_each(|line| output::error_line(0, &[(Style::Plain, line)]));
}
