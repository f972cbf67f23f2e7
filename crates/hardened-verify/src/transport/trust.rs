//! Whose certificates are accepted.

use std::sync::Arc;

use rustls::{ClientConfig, RootCertStore, crypto::ring};
use rustls_platform_verifier::BuilderVerifierExt;

use crate::error::Error;

/// TLS 1.2 and 1.3, trusting these roots, or those of this machine.
pub(crate) fn trust(roots: Option<RootCertStore>) -> Result<ClientConfig, Error> {
    let reason = |error: rustls::Error| Error::Trust(error.to_string());
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(reason)?;
    match roots {
        Some(roots) => Ok(builder.with_root_certificates(roots).with_no_client_auth()),
        None => Ok(builder.with_platform_verifier().map_err(reason)?.with_no_client_auth()),
    }
}
