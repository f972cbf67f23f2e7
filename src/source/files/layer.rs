//! The layers of one run: each file and each provider is one, and a later one counts over an earlier one.

use std::{path::Path, sync::Arc};

use hardened_core::journal::Journal;

use super::settings::Settings;
use crate::{finding::Name, report::Provenance, source::known_names::KnownNames};

/// Where a layer comes from.
pub(super) enum LayerSource {
    File(Arc<Path>),
    /// By its own name, and where it reads a file, which one.
    Provider(String, Option<Arc<Path>>),
}

impl LayerSource {
    /// The provenance of a line and a column.
    pub(super) fn provenance(&self, (line, column): (u32, u32)) -> Provenance {
        match self {
            Self::File(path) => Provenance::Line { path: Arc::clone(path), line, column: Some(column) },
            Self::Provider(name, None) => Provenance::Provider { name: name.clone() },
            Self::Provider(name, Some(path)) => {
                Provenance::Provider { name: [name, " ", &path.display().to_string()].concat() }
            }
        }
    }

    /// What it is called where no key is named.
    pub(super) fn name(&self) -> Name {
        match self {
            Self::File(path) | Self::Provider(_, Some(path)) => file_name(path),
            Self::Provider(name, None) => Name::prefixed(name, ""),
        }
    }
}

/// The name of a file that exists.
fn file_name(path: &Path) -> Name {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let is_plain = !name.is_empty() && name.chars().all(|symbol| symbol.is_ascii_graphic());
    if is_plain { Name::prefixed(name, "") } else { Name::declared("configuration file") }
}

/// The reading of all files and providers of one run.
pub(super) struct Run<'r> {
    pub(super) settings: &'r mut Settings,
    pub(super) known: &'r KnownNames,
    pub(super) journal: &'r mut Journal,
    /// The section of this service, in a file that several share.
    pub(super) section: Option<&'static str>,
    /// How many layers have begun.
    layers: usize,
}

impl<'r> Run<'r> {
    pub(super) fn new(
        settings: &'r mut Settings,
        known: &'r KnownNames,
        journal: &'r mut Journal,
        section: Option<&'static str>,
    ) -> Self {
        Self { settings, known, journal, section, layers: 0 }
    }

    /// Begins a layer, which counts over the ones before.
    pub(super) fn layer(&mut self, source: LayerSource) -> Layer {
        self.layers += 1;
        Layer { number: self.layers, source }
    }
}

/// One source whose values count together.
pub(super) struct Layer {
    pub(super) number: usize,
    pub(super) source: LayerSource,
}
