//! Reading the document.

use super::{
    document::{Manifest, SchemaVersion},
    error::{ManifestError, read},
};

impl Manifest {
    /// Reads a document. Members that this version does not know are ignored.
    ///
    /// # Errors
    ///
    /// A [`ManifestError`] with line, member and what is expected, for what is not JSON, not a manifest, or a manifest of
    /// another version.
    pub fn parse(text: &str) -> Result<Self, ManifestError> {
        version(text)?;
        read(text)
    }
}

/// Judges the version before anything else.
fn version(text: &str) -> Result<(), ManifestError> {
    #[derive(serde::Deserialize)]
    #[serde(expecting = "an object")]
    struct Versioned {
        schema_version: u16,
    }
    let found = read::<Versioned>(text)?.schema_version;
    if found == SchemaVersion::NUMBER {
        return Ok(());
    }
    let line = text.lines().position(|line| line.contains("\"schema_version\"")).map(|index| index + 1);
    let expected =
        format!("version {found}; must be {}: use a release of hardened that reads it", SchemaVersion::NUMBER);
    Err(ManifestError::version(line, expected))
}
