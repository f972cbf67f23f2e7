//! Accepted findings, from the file `hardened.scan.toml`.

mod date;
mod entry;
mod file;

pub use self::date::Date;
use self::entry::Entry;
pub(crate) use self::entry::Searched;
use std::path::{Path, PathBuf};

use hardened_core::finding::{Message, Name};

use crate::{
    error::Error,
    finding::Finding,
    place::Place,
    report::Report,
    rule::values::{SCAN_ACCEPTED_EXPIRED, SCAN_ACCEPTED_UNUSED},
};

/// The name of the file. It is next to the `.git` of a repository.
pub const FILE_NAME: &str = "hardened.scan.toml";

/// The accepted findings of a file, each with a reason.
///
/// ```toml
/// [[accept]]
/// rule = "scan-value-found"
/// subject = "STRIPE_KEY"
/// path = "docs/old/*.md"
/// reason = "revoked on 2026-03-01; the page stays as it was published"
/// expires = "2027-03-01"
/// ```
#[derive(Debug, Clone, Default)]
pub struct Accepted {
    path: PathBuf,
    entries: Vec<Entry>,
}

impl Accepted {
    /// Reads the file.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or an entry lacks its rule, its place or its reason.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let error = |what| Error::Accepted { path: path.to_owned(), what };
        let text = std::fs::read_to_string(path).map_err(|_| error("it cannot be read, or it is not text"))?;
        Ok(Self { path: path.to_owned(), entries: file::parse(&text).map_err(error)? })
    }

    /// Removes the accepted findings from a report. Reports entries that are out of date, or accept nothing of what was searched.
    pub(crate) fn apply(&self, report: &mut Report, searched: Searched, today: Date) {
        let mut used = vec![false; self.entries.len()];
        report.accept(|finding| {
            let entry = self.entries.iter().position(|entry| entry.is_about(finding) && entry.is_valid(today));
            entry.and_then(|at| used.get_mut(at)).is_some_and(|used| {
                *used = true;
                true
            })
        });
        for (entry, used) in self.entries.iter().zip(used) {
            let place = Place::file(self.path.file_name().map_or_else(PathBuf::new, PathBuf::from)).at(entry.line, 1);
            let subject =
                entry.subject.as_deref().and_then(Name::found).unwrap_or(Name::declared("hardened.scan.toml"));
            if !entry.is_valid(today) {
                report.add(Finding::new(
                    SCAN_ACCEPTED_EXPIRED,
                    subject,
                    place,
                    Message::from("this entry has expired; it accepts nothing"),
                ));
            } else if !used && entry.is_judged(searched) {
                report.add(Finding::new(
                    SCAN_ACCEPTED_UNUSED,
                    subject,
                    place,
                    Message::from("this entry accepts nothing that was found"),
                ));
            }
        }
    }
}
