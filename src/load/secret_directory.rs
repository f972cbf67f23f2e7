//! Directories in which platforms mount one file for each secret.

use std::path::{Path, PathBuf};

use super::session::Session;
use crate::{Environment, Violation, finding::Name, message, rule};

/// The secret directories of one run.
pub(super) struct SecretDirectories(Vec<PathBuf>);

impl SecretDirectories {
    /// The directories that exist: the service's own, those of the platform. And which of its own are not there.
    pub(super) fn new(own: Vec<PathBuf>, environment: &Environment) -> (Self, Vec<Missing>) {
        let missing = (1_usize..).zip(&own).filter_map(|(number, path)| Missing::of(number, path)).collect();
        let mut directories = own;
        directories.extend(environment.secret_directories());
        directories.retain(|directory| directory.is_absolute() && directory.is_dir());
        directories.dedup();
        (Self(directories), missing)
    }

    /// The files that hold a secret: named like its variable, in lower case, or hyphenated. Every other file is
    /// somebody else's, and not looked at.
    pub(super) fn files(&self, variables: impl Iterator<Item = Name>) -> Vec<PathBuf> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let names: Vec<String> = variables.flat_map(|variable| spellings(variable.as_str())).collect();
        let candidates = self.0.iter().flat_map(|directory| names.iter().map(|name| directory.join(name)));
        // A link that leads nowhere is a mistake to tell, not an absent secret.
        candidates.filter(|file| file.symlink_metadata().is_ok()).collect()
    }
}

/// A directory that the service names, and that cannot hold a secret.
pub(super) struct Missing {
    /// Which of the service's own directories it is, from 1.
    number: usize,
    fact: &'static str,
}

impl Missing {
    fn of(number: usize, path: &Path) -> Option<Self> {
        let fact = if !path.is_absolute() {
            "is not an absolute path, so it is not read"
        } else if !path.exists() {
            "does not exist"
        } else if !path.is_dir() {
            "is not a directory"
        } else {
            return None;
        };
        Some(Self { number, fact })
    }
}

impl Session {
    /// Reports the directories that the service names and that are not there.
    pub(super) fn report_directories(&mut self, missing: Vec<Missing>) {
        for Missing { number, fact } in missing {
            let fact = message!("secret directory ", number, " ", fact);
            self.tell("Loader::secret_directory".into(), Violation::new(rule::SOURCE_DIRECTORY, fact));
        }
    }
}

fn spellings(variable: &str) -> Vec<String> {
    let lower = variable.to_ascii_lowercase();
    let hyphenated = lower.replace('_', "-");
    let mut names = vec![variable.to_owned(), lower, hyphenated];
    names.dedup();
    names
}
