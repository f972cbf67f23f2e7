//! `.env` and `.env.local`: read in Development and Test, never opened in Preview and Production.

mod file;
mod report;

use std::path::{Path, PathBuf};

use hardened_core::{
    dotenv::{FILE, LOCAL_FILE},
    journal::Journal,
    upwards,
};

use self::file::DotenvFile;
pub(crate) use self::file::environment_of;
pub(super) use self::report::report_unread;
use super::{found::Found, known_names::KnownNames};
use crate::{
    Tier, Violation,
    finding::{Name, Reported},
    message,
    report::Provenance,
    rule,
    schema::Place,
};

/// The files of one run: `.env.local`, then `.env`.
pub(super) struct Dotenv(Vec<DotenvFile>);

impl Dotenv {
    /// Reads `.env` in Development and Test; in Development, `.env.local` overrides it. Reports everything that is
    /// wrong with a file.
    pub(super) fn open(directory: Option<&Path>, known: &KnownNames, journal: &mut Journal) -> Self {
        let tier = journal.tier();
        let Some(directory) = directory.filter(|_| !tier.is_hardened()) else { return Self(Vec::new()) };
        let local = (tier == Tier::Development).then(|| upwards::find(directory, LOCAL_FILE)).flatten();
        let paths: Vec<PathBuf> = local.into_iter().chain(upwards::find(directory, FILE)).collect();
        let mut files: Vec<_> = paths.into_iter().map(DotenvFile::read).collect();
        files.iter_mut().for_each(|file| report::report(file, known, journal));
        Self(files)
    }

    /// Returns the text of one setting.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be used, or may be in a file that could not be read. It is already in the report.
    pub(super) fn find(&self, place: &Place, journal: &mut Journal) -> Result<Option<Found>, Reported> {
        for (file, name) in self.0.iter().flat_map(|file| place.names().map(move |name| (file, name))) {
            if let Some(found) = find_in(file, &name, place, journal)? {
                return Ok(Some(found));
            }
        }
        if self.0.iter().any(|file| file.is_broken) { journal.outcome().map(|()| None) } else { Ok(None) }
    }

    /// Returns whether a file sets the variable.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names().any(|set| set == name)
    }

    /// Returns the variables that begin with a prefix and are not blank, with their places.
    pub(super) fn names_behind<'d>(&'d self, prefix: &'d str) -> impl Iterator<Item = (&'d str, Provenance)> {
        let entries = self.0.iter().flat_map(|file| file.entries.iter().map(move |entry| (file, entry)));
        let is_meant = move |(_, entry): &(&DotenvFile, &file::Entry)| {
            entry.name.starts_with(prefix) && !entry.value.trim().is_empty()
        };
        entries.filter(is_meant).map(|(file, entry)| {
            let provenance = Provenance::Line { path: file.path.as_path().into(), line: entry.line, column: None };
            (entry.name.as_str(), provenance)
        })
    }

    /// Returns the names of all variables.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flat_map(|file| &file.entries).map(|entry| entry.name.as_str())
    }
}

/// Returns the last value of a variable in a file, as a shell would. Two different values are an error.
fn find_in(file: &DotenvFile, name: &Name, place: &Place, journal: &mut Journal) -> Result<Option<Found>, Reported> {
    let mut entries = file.entries.iter().filter(|entry| entry.name == name.as_str());
    let Some(entry) = entries.next_back() else { return Ok(None) };
    let provenance = Provenance::Line { path: file.path.as_path().into(), line: entry.line, column: None };
    if let Some(other) = entries.find(|other| *other.value != *entry.value) {
        let fact =
            message!(name, " is set on line ", other.line, " and on line ", entry.line, ", with different values");
        let violation = Violation::new(rule::SETTING_CONFLICT, fact).remedy("remove one of the two lines");
        return Err(journal.refuse(place.subject(), violation, Some(provenance)));
    }
    Found { text: entry.value.clone(), provenance }.unless_blank(|| name.clone(), || place.subject(), journal)
}
