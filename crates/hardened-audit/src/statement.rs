//! Makes an unsigned in-toto statement about a release, which `cosign` or `gh attestation` can sign.

use serde_json::{Value, json};

use crate::report::Report;

/// Returns the statement that the report is about an artifact with this SHA-256 digest, in hexadecimal.
///
/// The format is <https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md>.
#[must_use]
pub fn statement(report: &Report, artifact: &str, sha256: &str) -> Value {
    json!({
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{ "name": artifact, "digest": { "sha256": sha256 } }],
        "predicateType": "https://github.com/hardened-rs/hardened/audit/v1",
        "predicate": report,
    })
}
