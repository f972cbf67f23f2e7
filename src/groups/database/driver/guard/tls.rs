//! TLS with the server, and the verification of its certificate.

use std::{fs, sync::Arc};

use tokio_rustls::{
    TlsConnector,
    client::TlsStream,
    rustls::{
        CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
        client::{
            WebPkiServerVerifier,
            danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
        },
        crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
        pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime, pem::PemObject as _},
    },
};

use super::{
    DatabaseFault,
    server::{Server, Stream},
};
use crate::{database::Tls, groups::url::Endpoint};

/// Encrypts a connection.
///
/// # Errors
///
/// Returns `tls`, `configuration`, or the fault of the connection.
pub(super) async fn upgrade(stream: Stream, server: &Server) -> Result<TlsStream<Stream>, DatabaseFault> {
    let connector = TlsConnector::from(Arc::new(configuration(server)?));
    connector.connect(name(&server.endpoint)?, stream).await.map_err(|error| DatabaseFault::of_io(&error))
}

/// Returns the name that the certificate must contain.
fn name(endpoint: &Endpoint) -> Result<ServerName<'static>, DatabaseFault> {
    match endpoint {
        Endpoint::Address(address) => Ok(ServerName::from(*address)),
        Endpoint::Name(name) => ServerName::try_from(name.clone()).map_err(|_| DatabaseFault::Tls),
        Endpoint::Socket(_) => ServerName::try_from("localhost").map_err(|_| DatabaseFault::Tls),
    }
}

/// Builds the configuration for each connection, because the files may have been renewed.
fn configuration(server: &Server) -> Result<ClientConfig, DatabaseFault> {
    let provider = Arc::new(ring::default_provider());
    let verifier = verifier(server, &provider)?;
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| DatabaseFault::Tls)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier));
    let Some((certificate, key)) = &server.certificate else { return Ok(builder.with_no_client_auth()) };
    let key = PrivateKeyDer::from_pem_slice(&read(key)?).map_err(|_| DatabaseFault::Configuration)?;
    builder.with_client_auth_cert(certificates(certificate)?, key).map_err(|_| DatabaseFault::Configuration)
}

fn verifier(server: &Server, provider: &Arc<CryptoProvider>) -> Result<Verifier, DatabaseFault> {
    let issuer = match server.tls {
        Tls::VerifyFull | Tls::VerifyCa => Some(issuer(server, provider)?),
        Tls::Disable | Tls::Prefer | Tls::Require => None,
    };
    Ok(Verifier { provider: Arc::clone(provider), issuer, is_named: server.tls == Tls::VerifyFull })
}

/// Returns a verifier that trusts only the authorities in the file, or else those of the operating system.
fn issuer(server: &Server, provider: &Arc<CryptoProvider>) -> Result<Arc<WebPkiServerVerifier>, DatabaseFault> {
    let mut authorities = RootCertStore::empty();
    match &server.authorities {
        Some(file) => {
            for certificate in certificates(file)? {
                authorities.add(certificate).map_err(|_| DatabaseFault::Configuration)?;
            }
        }
        None => drop(authorities.add_parsable_certificates(rustls_native_certs::load_native_certs().certs)),
    }
    let builder = WebPkiServerVerifier::builder_with_provider(Arc::new(authorities), Arc::clone(provider));
    builder.build().map_err(|_| DatabaseFault::Tls)
}

fn certificates(path: &str) -> Result<Vec<CertificateDer<'static>>, DatabaseFault> {
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&read(path)?).collect();
    certificates.ok().filter(|certificates| !certificates.is_empty()).ok_or(DatabaseFault::Configuration)
}

fn read(path: &str) -> Result<zeroize::Zeroizing<Vec<u8>>, DatabaseFault> {
    fs::read(path).map(Into::into).map_err(|_| DatabaseFault::Configuration)
}

/// Verifies what the mode promises. Every mode verifies that the server has the key of its certificate.
#[derive(Debug)]
struct Verifier {
    provider: Arc<CryptoProvider>,
    /// The verifier of the issuer; `None` if any certificate is accepted.
    issuer: Option<Arc<WebPkiServerVerifier>>,
    /// Whether the certificate must name the host.
    is_named: bool,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let Some(issuer) = &self.issuer else { return Ok(ServerCertVerified::assertion()) };
        match issuer.verify_server_cert(certificate, intermediates, name, ocsp, now) {
            // The name is checked last, so the issuer and the dates are valid.
            Err(Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if !self.is_named => Ok(ServerCertVerified::assertion()),
            outcome => outcome,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
