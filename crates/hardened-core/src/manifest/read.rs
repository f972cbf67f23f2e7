//! Reading the document, and its schema.

use serde_json::Value;

use super::document::Manifest;
use crate::document::{DocumentError, reading};

impl Manifest {
    /// Reads a document. Members that this version does not know are ignored.
    ///
    /// # Errors
    ///
    /// A [`DocumentError`] with line, member and what is expected, for what is not JSON, not a manifest, or a manifest of
    /// another version.
    pub fn parse(text: &str) -> Result<Self, DocumentError> {
        reading::parse(text, 1)
    }

    /// Returns the JSON Schema of the document: draft 2020-12.
    #[must_use]
    pub fn json_schema() -> Value {
        reading::schema_of::<Self>("hardened manifest")
    }
}
