//! Decides which certificates are accepted.

use std::sync::Arc;

use rustls::{
    ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::ring,
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
};
use rustls_platform_verifier::Verifier;

use crate::error::Error;

/// The TLS configuration, for versions 1.2 and 1.3.
#[derive(Debug, Clone)]
pub(crate) struct Trust {
    pub(crate) tls: ClientConfig,
    /// Checks a certificate for a later time; `None` if every certificate or none is accepted.
    pub(crate) verifier: Option<Arc<dyn ServerCertVerifier>>,
}

impl Trust {
    /// Creates a configuration that accepts no certificate.
    pub(crate) fn nobody() -> Result<Self, Error> {
        let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let builder = builder.with_safe_default_protocol_versions().map_err(|error| Error::Trust(error.to_string()))?;
        let tls = builder.with_root_certificates(RootCertStore::empty()).with_no_client_auth();
        Ok(Self { tls, verifier: None })
    }
}

/// Creates a configuration that trusts these roots or those of this machine, or accepts every certificate.
pub(crate) fn trust(roots: Option<RootCertStore>, accepts_all: bool) -> Result<Trust, Error> {
    let reason = |error: &dyn std::fmt::Display| Error::Trust(error.to_string());
    let provider = Arc::new(ring::default_provider());
    let verifier: Arc<dyn ServerCertVerifier> = match roots {
        Some(roots) => WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
            .build()
            .map_err(|error| reason(&error))?,
        None => Arc::new(Verifier::new(Arc::clone(&provider)).map_err(|error| reason(&error))?),
    };
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| reason(&error))?
        .dangerous();
    let accepted: Arc<dyn ServerCertVerifier> =
        if accepts_all { Arc::new(Any(Arc::clone(&verifier))) } else { Arc::clone(&verifier) };
    let tls = builder.with_custom_certificate_verifier(accepted).with_no_client_auth();
    Ok(Trust { tls, verifier: (!accepts_all).then_some(verifier) })
}

/// Reads the certificates of a PEM file.
pub(crate) fn roots(pem: &[u8]) -> Result<RootCertStore, Error> {
    let malformed = Error::Ca("must be PEM with at least one certificate");
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        let Ok(certificate) = certificate else { return Err(malformed) };
        roots.add(certificate).map_err(|_| Error::Ca("one of its certificates cannot be read"))?;
    }
    if roots.is_empty() { Err(malformed) } else { Ok(roots) }
}

/// Accepts every certificate, but still checks that the server has its private key.
#[derive(Debug)]
struct Any(Arc<dyn ServerCertVerifier>);

impl ServerCertVerifier for Any {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}
