//! Reading the document.

use super::document::{Manifest, SchemaVersion};
use crate::document::{self, DocumentError};

impl Manifest {
    /// Reads a document. Members that this version does not know are ignored.
    ///
    /// # Errors
    ///
    /// A [`DocumentError`] with line, member and what is expected, for what is not JSON, not a manifest, or a manifest of
    /// another version.
    pub fn parse(text: &str) -> Result<Self, DocumentError> {
        document::parse(text, SchemaVersion::NUMBER)
    }
}
