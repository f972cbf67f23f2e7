//! How a run ends, and how it says so.

use std::io::Write;

use crate::output;

/// How a run ended, other than by an error of input or output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// What was asked for is done, or accepted.
    Done,
    /// Refused, or not done; said already.
    Refused,
    /// Wrong usage; said already.
    Misused,
}

/// Says on standard error why nothing, or not all, was done.
pub(crate) fn complain(words: &str) {
    let bad = output::BAD;
    // Nobody is left to be told that standard error cannot be written.
    let _ = writeln!(anstream::stderr().lock(), "{bad}error:{bad:#} {words}");
}
