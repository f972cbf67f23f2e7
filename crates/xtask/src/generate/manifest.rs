//! The JSON Schema of the manifest, from the types of the document.

use hardened_core::manifest::Manifest;

use super::generated::Generated;
use crate::failure::Failure;

/// The schema.
pub(super) fn schema() -> Result<Generated, Failure> {
    let content = format!("{:#}\n", Manifest::json_schema()).into_bytes();
    Ok(Generated { path: "docs/manifest.schema.json", content })
}
