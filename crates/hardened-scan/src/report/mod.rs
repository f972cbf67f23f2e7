//! The report of a scan.

pub mod document;
mod json;
mod problems;
mod text;

use std::fmt;

use hardened_core::{
    finding::{Message, Severity},
    text::escape,
};

use crate::{finding::Finding, place::Place};

/// What was searched, what was found, and what was not searched.
///
/// Its `Display` output is the plain text for the operator.
#[derive(Debug, Clone, Default)]
pub struct Report {
    findings: Vec<Finding>,
    skipped: Vec<Skipped>,
    counts: Counts,
    omitted: u64,
    accepted: usize,
}

/// How much was searched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// The number of secret values.
    pub values: usize,
    /// The number of files, including those in archives.
    pub files: u64,
    /// The number of git objects.
    pub objects: u64,
    /// The number of git objects that were skipped because an earlier run found nothing in them.
    pub known: u64,
    /// The number of bytes.
    pub bytes: u64,
}

/// A value or a place that was not searched, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The skipped value or place.
    pub what: SkippedItem,
    /// The reason.
    pub reason: Message,
}

/// What was skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SkippedItem {
    /// The value of the secret with this name.
    Value(String),
    /// A file, or a part of one.
    Place(Place),
}

impl fmt::Display for SkippedItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(name) => f.write_str(&escape(name)),
            Self::Place(place) => place.fmt(f),
        }
    }
}

impl Report {
    /// Adds a finding.
    pub fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Notes that a place was not searched.
    pub fn skip(&mut self, place: Place, reason: impl Into<Message>) {
        self.skipped.push(Skipped { what: SkippedItem::Place(place), reason: reason.into() });
    }

    /// Notes that a value was not searched.
    pub fn skip_value(&mut self, name: impl Into<String>, reason: impl Into<Message>) {
        self.skipped.push(Skipped { what: SkippedItem::Value(name.into()), reason: reason.into() });
    }

    /// Counts another place of a secret in a file that has too many.
    pub(crate) fn omit(&mut self) {
        self.omitted += 1;
    }

    /// Returns whether everything was searched and nothing was found.
    pub(crate) fn is_quiet(&self) -> bool {
        self.findings.is_empty() && self.skipped.is_empty() && self.omitted == 0
    }

    /// Drops the notes about what was not searched.
    pub(crate) fn forget_skipped(&mut self) {
        self.skipped.clear();
    }

    /// Returns the number of findings that were left out, because a secret has too many in one file.
    #[must_use]
    pub fn omitted(&self) -> u64 {
        self.omitted
    }

    /// Adds to the counts of what was searched.
    pub fn count(&mut self, more: Counts) {
        self.counts.values += more.values;
        self.counts.files += more.files;
        self.counts.objects += more.objects;
        self.counts.known += more.known;
        self.counts.bytes += more.bytes;
    }

    /// Adds everything of another report.
    pub fn merge(&mut self, other: Self) {
        self.count(other.counts);
        self.findings.extend(other.findings);
        self.skipped.extend(other.skipped);
        self.omitted += other.omitted;
        self.accepted += other.accepted;
    }

    /// Removes the accepted findings and counts them.
    pub(crate) fn accept(&mut self, is_accepted: impl FnMut(&Finding) -> bool) {
        let mut is_accepted = is_accepted;
        let before = self.findings.len();
        self.findings.retain(|finding| !is_accepted(finding));
        self.accepted += before - self.findings.len();
    }

    /// Returns the number of accepted findings, which are left out.
    #[must_use]
    pub fn accepted(&self) -> usize {
        self.accepted
    }

    /// Replaces the places of findings for which `better` returns one.
    pub(crate) fn replace_places(&mut self, better: impl Fn(&Place) -> Option<Place>) {
        for finding in &mut self.findings {
            if let Some(place) = better(finding.place()) {
                finding.move_to(place);
            }
        }
    }

    /// Sorts the findings: errors first, then by place.
    pub fn sort(&mut self) {
        self.findings.sort_by(|one, other| {
            let key = |finding: &Finding| (std::cmp::Reverse(finding.severity()), finding.place().clone());
            key(one).cmp(&key(other)).then_with(|| one.subject().cmp(other.subject()))
        });
    }

    /// Returns the findings.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Returns what was not searched.
    #[must_use]
    pub fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    /// Returns how much was searched.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Returns the number of findings with a severity.
    #[must_use]
    pub fn count_of(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity() == severity).count()
    }

    /// Returns whether there is an error.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        self.count_of(Severity::Error) > 0
    }
}
