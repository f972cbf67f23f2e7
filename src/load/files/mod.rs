//! `hardened.toml` and the providers of the service's own.
//!
//! A file is parsed with the place of everything in it; its keys are compared with the schema; what is a declared
//! secret or a stranger goes into the report, and what is a setting is kept as its exact text. figment merges the layers
//! and their profiles, and is asked for nothing else.

mod declared;
mod depth;
mod file;
mod layer;
mod lines;
mod merged;
mod options;
mod parse;
mod provider;
mod scalar;
mod sections;
mod text;
mod tree;
mod walk;

use self::{
    layer::{Texts, Unusable},
    merged::Merged,
};
use std::cell::OnceCell;

pub(super) use self::options::Options;
use hardened_core::upwards;

use super::{lookup::Found, session::Session};

/// What was read from files and providers.
#[derive(Default)]
pub(super) struct Files {
    merged: Option<Merged>,
    broken: bool,
}

impl Files {
    /// Reads `hardened.toml` and the providers once, for the selected tier. What is wrong goes into the report.
    pub(super) fn read(session: &mut Session, options: Options) -> Self {
        let path = session.directory.as_ref().and_then(|directory| upwards::find(directory, file::NAME));
        if path.is_none() && options.providers.is_empty() {
            return Self::default();
        }
        let (declared, mut texts) = (OnceCell::new(), Texts::default());
        let (mut layers, mut broken) = (Vec::new(), false);
        if let Some(path) = path {
            let read = file::read(session, &declared, &mut texts, &path, options.section);
            broken |= read.is_none();
            layers.extend(read.into_iter().flatten());
        }
        for provider in &options.providers {
            let read = provider::read(session, &declared, &mut texts, provider);
            broken |= read.is_none();
            layers.extend(read);
        }
        let merged = (!layers.is_empty()).then(|| Merged::of(layers, texts, session.tier()));
        Self { merged, broken }
    }

    /// The text of the setting at a field path such as `jwt.algorithm`, or why what stands there cannot be used.
    pub(super) fn find(&self, path: &str) -> Option<Result<Found, Unusable>> {
        self.merged.as_ref()?.find(path)
    }

    /// Whether something stands at a field path that does not count as unset.
    pub(super) fn has(&self, path: &str) -> bool {
        match self.find(path) {
            Some(Ok(found)) => !found.text.trim().is_empty(),
            Some(Err(_)) => true,
            None => false,
        }
    }

    /// Whether nothing was read and nothing is wrong.
    pub(super) fn is_empty(&self) -> bool {
        self.merged.is_none() && !self.broken
    }

    /// Whether a part could not be read. That is in the report, as an error.
    pub(super) fn is_broken(&self) -> bool {
        self.broken
    }
}
