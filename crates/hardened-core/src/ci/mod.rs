//! What continuous integration reads: SARIF, and the annotations and the summary of GitHub Actions.
//!
//! A [`Problem`] is what they have in common: a rule that did not hold at some place. Every text must be safe to print, because
//! it ends in logs and pages: see [`Message`](crate::finding::Message).

pub mod github;
pub mod sarif;

use crate::{finding::Severity, rule::Rule};

/// A rule that did not hold at some place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The rule.
    pub rule: Rule,
    /// How severe it is.
    pub severity: Severity,
    /// The fact, in one sentence.
    pub fact: String,
    /// What to do; empty where there is nothing to do.
    pub remedy: String,
    /// Where it is.
    pub place: Place,
    /// What stays the same when the place moves, so that a problem is known again: the rule, and what it is about.
    pub identity: String,
}

/// Where a problem is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// A path relative to the repository, or a URL.
    pub uri: String,
    /// The line from 1, where there is one.
    pub line: Option<u32>,
    /// The column from 1, where it is known.
    pub column: Option<u32>,
}
