//! A configuration that was not accepted.

use super::Table;
use crate::Report;

/// A refused start: a [`Report`] with at least one error.
///
/// Its `Display` is the whole report; it has no source, and holds no value that was read.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.report())]
pub struct Refusal(Box<(Report, Table)>);

impl Refusal {
    /// A refusal of what was not loaded, but written in code.
    #[cfg(feature = "cors")]
    pub(crate) fn of(report: Report) -> Self {
        Self::new(report, Table::default())
    }

    pub(super) fn new(report: Report, table: Table) -> Self {
        Self(Box::new((report, table)))
    }

    /// Everything that is wrong.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.0.0
    }

    /// Every setting with its source, as far as it was read.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.0.1
    }
}
