//! Directories in which platforms mount one file for each secret.

use std::path::PathBuf;

use crate::{Environment, Name};

/// The secret directories of one run.
pub(super) struct SecretDirectories(Vec<PathBuf>);

impl SecretDirectories {
    /// The directories that exist: the service's own, those of the platform.
    pub(super) fn new(own: Vec<PathBuf>, environment: &Environment) -> Self {
        let mut directories = own;
        directories.extend(environment.secret_directories());
        directories.retain(|directory| directory.is_absolute() && directory.is_dir());
        directories.dedup();
        Self(directories)
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

fn spellings(variable: &str) -> Vec<String> {
    let lower = variable.to_ascii_lowercase();
    let hyphenated = lower.replace('_', "-");
    let mut names = vec![variable.to_owned(), lower, hyphenated];
    names.dedup();
    names
}
