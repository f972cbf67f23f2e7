//! The refusal of a configuration.

use std::fmt;

use super::{announce::Announce, table::Table};
use crate::Report;

/// The exit status of a service that refuses its configuration: `EX_CONFIG` in `sysexits.h`.
pub(super) const EX_CONFIG: u8 = 78;

/// A refused start: a [`Report`] with at least one error.
///
/// `Display` and `Debug` print the whole report, so that `?` in `main` prints it once; see [`Exit`](crate::Exit) for
/// the exit status. It has no error source, and contains no value that was read.
#[derive(thiserror::Error)]
#[error("{}", self.report())]
pub struct Refusal(Box<Outcome>);

struct Outcome {
    report: Report,
    table: Table,
    announce: Announce,
}

impl Refusal {
    /// Creates the refusal of something that was written in code, not loaded.
    #[cfg(feature = "cors")]
    pub(crate) fn of(report: Report) -> Self {
        Self::new(report, Table::default())
    }

    pub(super) fn new(report: Report, table: Table) -> Self {
        Self(Box::new(Outcome { report, table, announce: Announce::default() }))
    }

    /// Sets the form in which to print it.
    pub(super) fn announced(mut self, announce: Announce) -> Self {
        self.0.announce = announce;
        self
    }

    /// Prints the refusal to standard error.
    pub(super) fn announce(&self) {
        self.0.announce.refused(&self.0.report);
    }

    /// Returns everything that is wrong.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.0.report
    }

    /// Returns every setting with its source, as far as it was read.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.0.table
    }
}

/// Writes the report.
impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
