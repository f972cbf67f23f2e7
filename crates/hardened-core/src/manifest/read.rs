//! Reads a manifest and describes it as JSON Schema.

use serde_json::Value;

use super::document::Manifest;
use crate::document::{DocumentError, reading};

impl Manifest {
    /// Reads a manifest. Members that this version does not know are ignored.
    ///
    /// # Errors
    ///
    /// A [`DocumentError`] with the line, the member and what is expected, for text that is not JSON, not a manifest, or a
    /// manifest of another version.
    pub fn parse(text: &str) -> Result<Self, DocumentError> {
        reading::parse(text, 1)
    }

    /// Returns the JSON Schema (draft 2020-12) of the manifest.
    #[must_use]
    pub fn json_schema() -> Value {
        reading::schema_of::<Self>("hardened manifest")
    }
}
