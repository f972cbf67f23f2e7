//! Output for continuous integration: SARIF, and the annotations and job summary of GitHub Actions.
//!
//! All formats show a [`Problem`]: a rule that does not hold at some place. Its texts must be safe to print, because they end
//! up in logs and on web pages: see [`Message`](crate::finding::Message).

pub mod github;
pub mod sarif;

use crate::{finding::Severity, rule::Rule};

/// A rule that does not hold at some place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The rule that does not hold.
    pub rule: Rule,
    /// The severity.
    pub severity: Severity,
    /// The fact, in one sentence.
    pub fact: String,
    /// The fix; empty if there is nothing to do.
    pub remedy: String,
    /// The place where the rule does not hold.
    pub place: Place,
    /// An identity that stays the same when the place moves, to recognise the problem in the next run: its rule and subject.
    pub identity: String,
}

/// The place of a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// A path relative to the repository, or a URL.
    pub uri: String,
    /// The line number, from 1, if the problem has one.
    pub line: Option<u32>,
    /// The column number, from 1, if it is known.
    pub column: Option<u32>,
}
