//! What was read of settings, and the layers in which figment merges it.
//!
//! The texts stay here. figment is given the path of each setting and the number of its text: which number wins is all
//! that is asked of it, and no value of a configuration ever enters it.

use std::{cell::Cell, path::PathBuf};

use figment::{
    Error, Metadata, Profile, Provider,
    value::{Dict, Map, Value as Number},
};
use zeroize::Zeroizing;

use crate::{Violation, load::lookup::Found, report::Provenance};

/// Where a layer comes from.
pub(super) enum Origin {
    File(PathBuf),
    Provider(String),
}

impl Origin {
    /// The provenance of a line and a column.
    pub(super) fn provenance(&self, (line, column): (u32, u32)) -> Provenance {
        match self {
            Self::File(path) => Provenance::Line { path: path.clone(), line, column: Some(column) },
            Self::Provider(name) => Provenance::Provider { name: name.clone() },
        }
    }
}

/// The exact text of one setting in one section of one source, or why it has none.
struct Text {
    text: Result<Zeroizing<String>, Violation>,
    at: (u32, u32),
    origin: usize,
}

/// A value that cannot be used, and where it stands.
pub(in crate::load) type Unusable = (Violation, Provenance);

/// All texts of all sources, each known by its number.
#[derive(Default)]
pub(super) struct Texts {
    texts: Vec<Text>,
    origins: Vec<Origin>,
}

impl Texts {
    /// Begins a layer.
    pub(super) fn layer(&mut self, origin: Origin) -> Layer {
        self.origins.push(origin);
        Layer { origin: self.origins.len() - 1, sections: Cell::default() }
    }

    /// The provenance of a place in a layer.
    pub(super) fn provenance(&self, layer: &Layer, at: (u32, u32)) -> Provenance {
        self.origins.get(layer.origin).map_or(Provenance::Default, |origin| origin.provenance(at))
    }

    /// Adds what stands in a section of a layer for the setting at a path. Returns false when something did already.
    pub(super) fn insert(
        &mut self,
        (layer, section): (&mut Layer, &Profile),
        path: String,
        at: (u32, u32),
        text: Result<Zeroizing<String>, Violation>,
    ) -> bool {
        let numbers = layer.sections.get_mut().entry(section.clone()).or_default();
        let is_new = numbers.insert(path, Number::from(self.texts.len())).is_none();
        self.texts.push(Text { text, at, origin: layer.origin });
        is_new
    }

    /// The text with a number, with its provenance.
    pub(super) fn find(&self, number: usize) -> Option<Result<Found, Unusable>> {
        let text = self.texts.get(number)?;
        let provenance = self.origins.get(text.origin)?.provenance(text.at);
        Some(match &text.text {
            Ok(text) => Ok(Found { text: text.clone(), provenance }),
            Err(flaw) => Err((flaw.clone(), provenance)),
        })
    }
}

/// The settings of one source: for each section the numbers of the texts, by path. No secret is ever among them.
pub(super) struct Layer {
    origin: usize,
    sections: Cell<Map<Profile, Dict>>,
}

/// Hands the layer to figment, once.
impl Provider for Layer {
    fn metadata(&self) -> Metadata {
        Metadata::named("hardened")
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        Ok(self.sections.take())
    }
}
