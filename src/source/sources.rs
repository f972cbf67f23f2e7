//! All sources of one run, highest precedence first: values from code and the command line, variables, the files that
//! variables name, secret directories, `.env`, and `hardened.toml` with the service's own providers.

use std::path::PathBuf;

use hardened_core::journal::Journal;

#[cfg(feature = "files")]
use super::files::{FileChoice, FileOptions, Files};
use super::{
    dotenv::{self, Dotenv},
    environment::Environment,
    found::Found,
    known_names::KnownNames,
    overrides::{Asked, Overrides},
    secret_directory::{self, SecretDirectories},
    secret_file, variables,
};
use crate::{
    finding::{Name, Reported},
    schema::{Place, SettingSchema},
};

/// What a loader is told about its sources.
#[derive(Debug, Default)]
pub(crate) struct SourceOptions {
    /// The values from code and the command line.
    pub(crate) overrides: Vec<Asked>,
    pub(crate) environment: Environment,
    pub(crate) secret_directories: Vec<PathBuf>,
    #[cfg(feature = "files")]
    pub(crate) files: FileOptions,
}

impl SourceOptions {
    /// Replaces the environment, and drops every argument, directory and provider of this machine.
    pub(crate) fn elsewhere(mut self, environment: Environment) -> Self {
        self.overrides.retain(Asked::is_in_code);
        Self {
            overrides: self.overrides,
            environment,
            secret_directories: Vec::new(),
            #[cfg(feature = "files")]
            files: FileOptions {
                section: self.files.section,
                // The other environment may set the variable.
                chosen: FileChoice { variable: self.files.chosen.variable, ..FileChoice::default() },
                providers: Vec::new(),
            },
        }
    }
}

/// The sources of one run.
pub(crate) struct Sources {
    pub(super) overrides: Overrides,
    pub(crate) environment: Environment,
    /// The directory in which the upward search for files starts.
    working_directory: Option<PathBuf>,
    pub(super) directories: SecretDirectories,
    pub(super) dotenv: Dotenv,
    #[cfg(feature = "files")]
    pub(super) files: Files,
}

impl Sources {
    /// Opens every source for the tier of the run. Reports everything that is wrong with a source itself.
    pub(crate) fn open(options: SourceOptions, known: &KnownNames, journal: &mut Journal) -> Self {
        let environment = options.environment;
        secret_directory::report_missing(&options.secret_directories, journal);
        let working_directory = environment.current_directory();
        Self {
            overrides: Overrides::open(options.overrides, known, journal),
            directories: SecretDirectories::new(options.secret_directories, environment.clone()),
            dotenv: Dotenv::open(working_directory.as_deref(), known, journal),
            #[cfg(feature = "files")]
            files: Files::open(options.files, &environment, working_directory.as_deref(), known, journal),
            working_directory,
            environment,
        }
    }

    /// Reports a `.env` that was not read.
    pub(crate) fn report_unread(&self, journal: &mut Journal) {
        if let Some(directory) = self.working_directory.as_deref().filter(|_| journal.tier().is_hardened()) {
            dotenv::report_unread(directory, journal);
        }
    }

    /// Returns the text of one setting.
    ///
    /// # Errors
    ///
    /// Returns an error if there is a text that cannot be used. It is already in the report.
    pub(crate) fn find(&self, place: &Place, journal: &mut Journal) -> Result<Option<Found>, Reported> {
        if let Some(found) = self.overrides.find(place, journal)? {
            return Ok(Some(found));
        }
        let mut found = variables::find(&self.environment, place, journal)?;
        if place.setting.is_from_file() {
            for name in place.names() {
                secret_file::find(&self.environment, place, &name, &mut found, journal)?;
            }
            if found.is_none() {
                found = self.directories.find(place, journal)?;
            }
        }
        if found.is_none() {
            found = self.dotenv.find(place, journal)?;
        }
        if found.is_none() {
            found = self.in_files(place, journal)?;
        }
        Ok(found)
    }

    /// Searches `hardened.toml` and the service's own providers. Secrets are never searched for here.
    #[cfg(feature = "files")]
    fn in_files(&self, place: &Place, journal: &mut Journal) -> Result<Option<Found>, Reported> {
        if place.setting.kind().is_secret() { Ok(None) } else { self.files.find(place, journal) }
    }

    #[cfg(not(feature = "files"))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "with the feature `files` it reads them")]
    fn in_files(&self, _: &Place, _: &mut Journal) -> Result<Option<Found>, Reported> {
        Ok(None)
    }

    /// Returns whether any source has the setting at a field path.
    pub(crate) fn is_set(&self, path: &str, setting: &SettingSchema, names: &[Name]) -> bool {
        self.overrides.has(path) || self.is_named(setting, names) || self.has_in_files(path)
    }

    /// Returns whether a variable, a secret file or `.env` sets the setting under one of these names.
    pub(crate) fn is_named(&self, setting: &SettingSchema, names: &[Name]) -> bool {
        names.iter().any(|name| self.has_variable(name.as_str()) || self.dotenv.has(name.as_str()))
            || setting.is_from_file() && self.has_file(names)
    }

    /// Returns whether a variable has a value that is not blank.
    pub(crate) fn has_variable(&self, name: &str) -> bool {
        variables::is_set(&self.environment, name)
    }

    fn has_file(&self, names: &[Name]) -> bool {
        names.iter().any(|name| self.has_variable(name.suffixed("_FILE").as_str()))
            || !self.directories.files(names.iter().cloned()).is_empty()
    }

    #[cfg(feature = "files")]
    fn has_in_files(&self, path: &str) -> bool {
        self.files.has(path)
    }

    #[cfg(not(feature = "files"))]
    fn has_in_files(&self, _: &str) -> bool {
        false
    }

    /// Returns whether a file could not be read completely, so it may set a plain setting. This is already in the report.
    pub(crate) fn is_incomplete(&self) -> bool {
        #[cfg(feature = "files")]
        return self.files.is_broken();
        #[cfg(not(feature = "files"))]
        return false;
    }

    /// Returns the names of all variables in the environment and in `.env`.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.environment.names().filter_map(|name| name.to_str()).chain(self.dotenv.names())
    }
}
