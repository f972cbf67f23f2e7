//! Directories in which platforms mount one file for each secret.

use std::{
    cell::OnceCell,
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use hardened_core::journal::Journal;

use super::{environment::Environment, found::Found, secret_file};
use crate::{
    Violation,
    finding::{Name, Part, Reported},
    message,
    report::Provenance,
    rule,
    schema::Place,
};

/// The secret directories of one run.
pub(super) struct SecretDirectories {
    own: Vec<PathBuf>,
    environment: Environment,
    /// The directories that exist, including the platform's. Looked up for the first secret that no variable sets.
    existing: OnceCell<Vec<PathBuf>>,
    /// The files in them, as variable names. Listed when a list or map of groups is first read.
    listed: OnceCell<Vec<(String, PathBuf)>>,
}

impl SecretDirectories {
    pub(super) fn new(own: Vec<PathBuf>, environment: Environment) -> Self {
        Self { own, environment, existing: OnceCell::new(), listed: OnceCell::new() }
    }

    fn existing(&self) -> &[PathBuf] {
        self.existing.get_or_init(|| {
            let exists = |directory: &PathBuf| directory.is_absolute() && directory.is_dir();
            let named = self.own.iter().cloned().chain(self.environment.secret_directories());
            distinct(named.filter(exists))
        })
    }

    /// Reads the file of a setting.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be used, or there are several. It is already in the report.
    pub(super) fn find(&self, place: &Place, journal: &mut Journal) -> Result<Option<Found>, Reported> {
        match self.files(place.names()).as_slice() {
            [] => Ok(None),
            [file] => {
                let provenance = |_: Option<PathBuf>| Provenance::SecretDirectory { path: file.clone() };
                secret_file::read_for(place, file, provenance, journal).map(Some)
            }
            [first, second, ..] => {
                let (first, second) = (Part::existing_path(first), Part::existing_path(second));
                let fact = message!("both ", first, " and ", second, " contain it");
                let violation = Violation::new(rule::FILE_CONFLICT, fact).remedy("remove one of the two files");
                Err(journal.refuse(place.subject(), violation, None))
            }
        }
    }

    /// Returns the files whose names begin with a prefix in any spelling, as variable names with their paths.
    pub(super) fn names_behind<'d>(&'d self, prefix: &'d str) -> impl Iterator<Item = (&'d str, &'d Path)> {
        let listed = self.listed.get_or_init(|| self.existing().iter().flat_map(|directory| list(directory)).collect());
        let files = listed.iter().map(|(name, path)| (name.as_str(), path.as_path()));
        files.filter(move |(name, _)| name.starts_with(prefix))
    }

    /// Returns the files that contain a secret: those named like its variable, in upper or lower case or with hyphens.
    /// Other files belong to other programs and are not read.
    pub(super) fn files(&self, variables: impl Iterator<Item = Name>) -> Vec<PathBuf> {
        if self.existing().is_empty() {
            return Vec::new();
        }
        let names: Vec<String> = variables.flat_map(|variable| spellings(variable.as_str())).collect();
        let candidates = self.existing().iter().flat_map(|directory| names.iter().map(|name| directory.join(name)));
        // A broken link is a mistake to report, not an absent secret.
        distinct(candidates.filter(|file| file.symlink_metadata().is_ok()))
    }
}

/// Returns each file or directory once, under its first name: `/var/run` is a link to `/run`, and some file systems ignore
/// case.
fn distinct(paths: impl Iterator<Item = PathBuf>) -> Vec<PathBuf> {
    let mut paths: Vec<_> = paths.collect();
    if paths.len() > 1 {
        let mut known = BTreeSet::new();
        paths.retain(|path| known.insert(path.canonicalize().unwrap_or_else(|_| path.clone())));
    }
    paths
}

/// Reports the directories that the service names but that cannot contain secrets.
pub(super) fn report_missing(own: &[PathBuf], journal: &mut Journal) {
    for (number, path) in (1_usize..).zip(own) {
        if let Some(flaw) = flaw(path) {
            let fact = message!("secret directory ", number, " ", flaw);
            journal.report("Loader::secret_directory".into(), Violation::new(rule::SOURCE_DIRECTORY, fact));
        }
    }
}

fn flaw(path: &Path) -> Option<&'static str> {
    if !path.is_absolute() {
        Some("is not an absolute path, so it is not read")
    } else if !path.exists() {
        Some("does not exist")
    } else if !path.is_dir() {
        Some("is not a directory")
    } else {
        None
    }
}

/// Returns the files of a directory whose names are spellings of a variable, sorted by name.
fn list(directory: &Path) -> Vec<(String, PathBuf)> {
    let entries = std::fs::read_dir(directory).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let variable = name.replace('-', "_").to_ascii_uppercase();
            spellings(&variable).contains(&name).then(|| (variable, entry.path()))
        })
        .collect();
    files.sort_unstable();
    files
}

fn spellings(variable: &str) -> Vec<String> {
    let lower = variable.to_ascii_lowercase();
    let hyphenated = lower.replace('_', "-");
    let mut names = vec![variable.to_owned(), lower, hyphenated];
    names.dedup();
    names
}
