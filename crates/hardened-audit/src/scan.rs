//! The result of a search for secrets, as `hardened scan --format json` writes it: `docs/scan.schema.json`.

use hardened_core::document::{DocumentError, reading};
use serde::Deserialize;

/// The result of a search for secrets. It does not contain their values.
#[derive(Debug, Clone, Deserialize)]
#[serde(expecting = "an object")]
pub struct ScanResult {
    pub(crate) searched: Searched,
    pub(crate) findings: Vec<Found>,
    pub(crate) omitted: u64,
    pub(crate) accepted: u64,
    pub(crate) not_searched: Vec<NotSearched>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Searched {
    pub(crate) values: u64,
    pub(crate) files: u64,
    pub(crate) objects: u64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Found {
    pub(crate) code: String,
    pub(crate) severity: String,
    pub(crate) message: String,
    pub(crate) remedy: Option<String>,
    pub(crate) place: Place,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Place {
    pub(crate) text: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct NotSearched {
    pub(crate) value: Option<String>,
}

impl ScanResult {
    /// Reads a result. Members that this version does not know are ignored.
    ///
    /// # Errors
    ///
    /// A [`DocumentError`] with the line, the member and what is expected, if the text is not JSON, not a result, or a result of
    /// another version.
    pub fn parse(text: &str) -> Result<Self, DocumentError> {
        reading::parse(text, 1)
    }
}
