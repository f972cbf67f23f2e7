//! `hardened.toml`, the files that the service or its operator names instead, and the providers of the service's own.
//!
//! A file is parsed with the place of everything in it, and its keys are compared with the schema. A declared secret or
//! an unknown key goes into the report; of a setting the exact text is kept.

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

/// What a loader can be told about files and providers.
#[derive(Default)]
pub(crate) struct FileOptions {
    /// The section of this service, in a file that several share.
    pub(crate) section: Option<&'static str>,
    /// Which files are read instead of `hardened.toml`.
    pub(crate) chosen: FileChoice,
    pub(crate) providers: Vec<Box<dyn Provider + Send + Sync>>,
}

/// Shows no provider: figment's own show values.
impl fmt::Debug for FileOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileOptions")
            .field("section", &self.section)
            .field("files", &self.chosen)
            .field("providers", &self.providers.len())
            .finish()
    }
}

/// What was read from files and providers.
#[derive(Default)]
pub(super) struct Files {
    settings: Settings,
    is_broken: bool,
}

impl Files {
    /// Reads the files and the providers once, for the tier of the run. What is wrong goes into the report.
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

    /// The text of one setting.
    ///
    /// # Errors
    ///
    /// When it cannot be used, or when it may be in a part that could not be read. It is in the report.
    pub(super) fn find(&self, place: &Place, journal: &mut Journal) -> Result<Option<Found>, Reported> {
        match self.settings.find(place.group.path(), place.setting.field()) {
            Some(Ok(found)) => found.unless_blank(|| place.name(), || place.subject(), journal),
            Some(Err((violation, provenance))) => Err(journal.refuse(place.subject(), violation, Some(provenance))),
            None if self.is_broken => journal.outcome().map(|()| None),
            None => Ok(None),
        }
    }

    /// The elements of the list or the map of groups at a field path, with their places.
    pub(super) fn elements(&self, path: &str) -> Option<&[(String, Provenance)]> {
        self.settings.elements(path)
    }

    /// Whether something is set at a field path that does not count as unset.
    pub(super) fn has(&self, path: &str) -> bool {
        let (group, field) = path.rsplit_once('.').unwrap_or(("", path));
        match self.settings.find(group, field) {
            Some(Ok(found)) => !found.text.trim().is_empty(),
            Some(Err(_)) => true,
            None => false,
        }
    }

    /// Whether a part could not be read. That is in the report, as an error.
    pub(super) fn is_broken(&self) -> bool {
        self.is_broken
    }
}
