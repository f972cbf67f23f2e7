//! Reads documents, and says which of them is wrong.

use std::{fs, path::Path};

use hardened_core::document::DocumentError;

use crate::output;

/// Reads a document of a kind.
pub(super) fn document<T>(path: &Path, parse: impl Fn(&str) -> Result<T, DocumentError>) -> Result<T, String> {
    let text = fs::read_to_string(path)
        .map_err(|error| format!("{} cannot be read: {}", output::path(path), output::cause(&error)))?;
    parse(&text).map_err(|error| format!("{}: {error}", output::path(path)))
}
