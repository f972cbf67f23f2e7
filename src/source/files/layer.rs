//! The layers of one run: each file and each provider is a layer, and a later layer overrides an earlier one.

use std::{path::Path, sync::Arc};

use hardened_core::journal::Journal;

use super::settings::Settings;
use crate::{finding::Name, report::Provenance, source::known_names::KnownNames};

/// The source of a layer.
pub(super) enum LayerSource {
    File(Arc<Path>),
    /// A provider: its name, and the file that it reads, if any.
    Provider(String, Option<Arc<Path>>),
}

impl LayerSource {
    /// Returns the provenance of a line and column.
    pub(super) fn provenance(&self, (line, column): (u32, u32)) -> Provenance {
        match self {
            Self::File(path) => Provenance::Line { path: Arc::clone(path), line, column: Some(column) },
            Self::Provider(name, None) => Provenance::Provider { name: name.clone() },
            Self::Provider(name, Some(path)) => {
                Provenance::Provider { name: [name, " ", &path.display().to_string()].concat() }
            }
        }
    }

    /// Returns the name for findings that name no key.
    pub(super) fn name(&self) -> Name {
        match self {
            Self::File(path) | Self::Provider(_, Some(path)) => file_name(path),
            Self::Provider(name, None) => Name::prefixed(name, ""),
        }
    }
}

/// Returns the name of a file that exists.
fn file_name(path: &Path) -> Name {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let is_plain = !name.is_empty() && name.chars().all(|symbol| symbol.is_ascii_graphic());
    if is_plain { Name::prefixed(name, "") } else { Name::declared("configuration file") }
}

/// The state while all files and providers of one run are read.
pub(super) struct Run<'r> {
    pub(super) settings: &'r mut Settings,
    pub(super) known: &'r KnownNames,
    pub(super) journal: &'r mut Journal,
    /// The section of this service in a file that several services share.
    pub(super) section: Option<&'static str>,
    /// The number of layers so far.
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

    /// Starts a layer, which overrides the previous ones.
    pub(super) fn layer(&mut self, source: LayerSource) -> Layer {
        self.layers += 1;
        Layer { number: self.layers, source }
    }
}

/// One source whose values take precedence together.
pub(super) struct Layer {
    pub(super) number: usize,
    pub(super) source: LayerSource,
}
