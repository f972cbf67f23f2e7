//! The JSON Schemas of documents, from their types.

use hardened_audit::Report;
use hardened_core::{manifest::Manifest, verification::Verification};
use hardened_scan::report::document::Document;
use serde_json::Value;

use super::generated::Generated;
use crate::failure::Failure;

/// The schema of the manifest of a release.
pub(super) fn manifest() -> Result<Generated, Failure> {
    Ok(generated("docs/manifest.schema.json", &Manifest::json_schema()))
}

/// The schema of the verification of a live service.
pub(super) fn verification() -> Result<Generated, Failure> {
    Ok(generated("docs/verification.schema.json", &Verification::json_schema()))
}

/// The schema of the report of an audit.
pub(super) fn audit() -> Result<Generated, Failure> {
    Ok(generated("docs/audit.schema.json", &Report::json_schema()))
}

/// The schema of the result of a scan.
pub(super) fn scan() -> Result<Generated, Failure> {
    Ok(generated("docs/scan.schema.json", &Document::json_schema()))
}

fn generated(path: &'static str, schema: &Value) -> Generated {
    Generated { path, content: format!("{schema:#}\n").into_bytes() }
}
