//! `hardened.toml`, other files that the service or its operator names, and the service's own providers.
//!
//! A file is parsed with the position of everything in it, and its keys are compared with the schema. Declared secrets
//! and unknown keys are reported; for a setting, the exact text is kept.

mod by_group;
mod chosen;
mod declared;
mod depth;
mod file;
mod layer;
mod lines;
mod parse;
mod provider;
mod settings;
mod tree;
mod walk;

use std::{fmt, path::Path};

use figment::Provider;
use hardened_core::journal::Journal;

pub(crate) use self::chosen::FileChoice;
use self::{chosen::Chosen, layer::Run, settings::Settings};
use super::{environment::Environment, found::Found, known_names::KnownNames};
use crate::{finding::Reported, report::Provenance, schema::Place};

/// The files and providers that a loader is told to read.
#[derive(Default)]
pub(crate) struct FileOptions {
    /// The section of this service in a file that several services share.
    pub(crate) section: Option<&'static str>,
    /// The files to read instead of `hardened.toml`.
    pub(crate) chosen: FileChoice,
    pub(crate) providers: Vec<Box<dyn Provider + Send + Sync>>,
}

/// Hides the providers, because the `Debug` output of figment's providers shows values.
impl fmt::Debug for FileOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileOptions")
            .field("section", &self.section)
            .field("files", &self.chosen)
            .field("providers", &self.providers.len())
            .finish()
    }
}

/// The values read from files and providers.
#[derive(Default)]
pub(super) struct Files {
    settings: Settings,
    is_broken: bool,
}

impl Files {
    /// Reads the files and the providers once, for the tier of the run. Reports everything that is wrong.
    pub(super) fn open(
        options: FileOptions,
        environment: &Environment,
        directory: Option<&Path>,
        known: &KnownNames,
        journal: &mut Journal,
    ) -> Self {
        let mut files = Self::default();
        let mut is_read = true;
        let paths = match options.chosen.named(environment, directory, journal) {
            Some(Chosen { paths, are_complete }) => {
                is_read = are_complete;
                paths
            }
            None => chosen::searched(directory, journal),
        };
        let mut run = Run::new(&mut files.settings, known, journal, options.section);
        for path in paths {
            is_read &= file::read(&mut run, &path);
        }
        for provider in &options.providers {
            is_read &= provider::read(&mut run, provider.as_ref());
        }
        files.is_broken = !is_read;
        files
    }

    /// Returns the text of one setting.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be used, or may be in a part that could not be read. It is already in the report.
    pub(super) fn find(&self, place: &Place, journal: &mut Journal) -> Result<Option<Found>, Reported> {
        match self.settings.find(place.group.path(), place.setting.field()) {
            Some(Ok(found)) => found.unless_blank(|| place.name(), || place.subject(), journal),
            Some(Err((violation, provenance))) => Err(journal.refuse(place.subject(), violation, Some(provenance))),
            None if self.is_broken => journal.outcome().map(|()| None),
            None => Ok(None),
        }
    }

    /// Returns the elements of the list or map of groups at a field path, with their places.
    pub(super) fn elements(&self, path: &str) -> Option<&[(String, Provenance)]> {
        self.settings.elements(path)
    }

    /// Returns whether a field path has a value that does not count as unset.
    pub(super) fn has(&self, path: &str) -> bool {
        let (group, field) = path.rsplit_once('.').unwrap_or(("", path));
        match self.settings.find(group, field) {
            Some(Ok(found)) => !found.text.trim().is_empty(),
            Some(Err(_)) => true,
            None => false,
        }
    }

    /// Returns whether a part could not be read. The report already contains this as an error.
    pub(super) fn is_broken(&self) -> bool {
        self.is_broken
    }
}
