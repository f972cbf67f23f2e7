//! The OpenAPI document of the health endpoints is complete.

use hardened::health::ProbeError;

const DOCUMENT: &str = include_str!("../../docs/health.openapi.yaml");

#[test]
fn the_document_names_every_path_code_and_type() {
    for error in [
        ProbeError::Timeout,
        ProbeError::Refused,
        ProbeError::Auth,
        ProbeError::Tls,
        ProbeError::PoolExhausted,
        ProbeError::Failed,
    ] {
        assert!(DOCUMENT.contains(&format!("- {}\n", error.code())), "{error}");
    }
    for word in ["/health:", "/livez:", "/readyz:", "application/json:", "application/health+json:", "shutting-down"] {
        assert!(DOCUMENT.contains(word), "{word}");
    }
}
