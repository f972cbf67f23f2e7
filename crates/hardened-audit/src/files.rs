//! Reads the documents of an audit from files.

use std::{
    fs,
    path::{Path, PathBuf},
};

use hardened_core::{document::DocumentError, manifest::Manifest, text, verification::Verification};

use crate::{audit::Audit, decision::Decision, scan::ScanResult};

/// The files of one audit. Each is optional.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// The manifest of the release.
    pub manifest: Option<PathBuf>,
    /// The verification of the live service.
    pub verification: Option<PathBuf>,
    /// The result of a search for secrets.
    pub scan: Option<PathBuf>,
    /// The directory of the decisions.
    pub decisions: Option<PathBuf>,
    /// The manifest of the previous release.
    pub previous: Option<PathBuf>,
}

impl Files {
    /// Adds the documents to an audit.
    ///
    /// # Errors
    ///
    /// A message that says which file cannot be read, or what was expected and where.
    pub fn add_to(&self, mut audit: Audit) -> Result<Audit, String> {
        if let Some(path) = &self.manifest {
            audit = audit.manifest(document(path, Manifest::parse)?);
        }
        if let Some(path) = &self.verification {
            audit = audit.verification(document(path, Verification::parse)?);
        }
        if let Some(path) = &self.scan {
            audit = audit.scan(document(path, ScanResult::parse)?);
        }
        if let Some(path) = &self.decisions {
            let decisions = Decision::read_all(path).map_err(|error| error.to_string())?;
            if decisions.is_empty() {
                let shown = text::escape(&path.display().to_string()).into_owned();
                return Err(format!("{shown} has no decision: no file there has a name like 0001-title.md"));
            }
            audit = audit.decisions(decisions);
        }
        if let Some(path) = &self.previous {
            audit = audit.previous(document(path, Manifest::parse)?);
        }
        Ok(audit)
    }
}

/// Reads a document with the given parser.
///
/// # Errors
///
/// A message that says that the file cannot be read, or what was expected and where.
pub fn document<T>(path: &Path, parse: impl Fn(&str) -> Result<T, DocumentError>) -> Result<T, String> {
    let shown = text::escape(&path.display().to_string()).into_owned();
    let bytes = fs::read(path).map_err(|error| format!("{shown} cannot be read: {}", error.kind()))?;
    let text = String::from_utf8(bytes).map_err(|_| format!("{shown} is not text in UTF-8"))?;
    parse(&text).map_err(|error| format!("{shown}: {error}"))
}
