//! Converts transport errors into the reasons of this library.

use std::{error::Error as StdError, io};

use rustls::CertificateError;

use super::{dial::NoTunnel, resolve::NotFound};
use crate::answer::NoAnswer;

/// Converts an error into a reason. The text of the error is not used, because it can quote what was sent or received.
pub(super) fn reason(error: &hyper_util::client::legacy::Error) -> NoAnswer {
    let other = if error.is_connect() { NoAnswer::NotConnected } else { NoAnswer::Closed };
    failure(error).unwrap_or(other)
}

/// Returns the reason, if the error is a known one.
pub(super) fn failure(error: &(dyn StdError + 'static)) -> Option<NoAnswer> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(known) = known(error) {
            return Some(known);
        }
        next = error.source();
    }
    None
}

fn known(error: &(dyn StdError + 'static)) -> Option<NoAnswer> {
    if error.is::<NotFound>() {
        return Some(NoAnswer::NotFound);
    }
    if error.is::<NoTunnel>() {
        return Some(NoAnswer::Proxy);
    }
    if let Some(error) = error.downcast_ref::<rustls::Error>() {
        return Some(NoAnswer::Tls(tls(error)));
    }
    if let Some(error) = error.downcast_ref::<hyper::Error>()
        && error.is_parse()
    {
        return Some(NoAnswer::NotHttp);
    }
    // `source` does not return the inner error of an I/O error.
    let inner = error.downcast_ref::<io::Error>()?.get_ref()?;
    known(inner)
}

fn tls(error: &rustls::Error) -> &'static str {
    match error {
        rustls::Error::InvalidCertificate(error) => match error {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => "the certificate has expired",
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                "the certificate is not valid yet"
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                "the certificate is for another name"
            }
            CertificateError::UnknownIssuer | CertificateError::BadSignature => {
                "the issuer of the certificate is not trusted; name it with --ca"
            }
            CertificateError::Revoked => "the certificate is revoked",
            _ => "the certificate is not valid",
        },
        rustls::Error::AlertReceived(_) => "the target ended the handshake",
        rustls::Error::InvalidMessage(_) => "the target does not speak TLS",
        rustls::Error::PeerIncompatible(_) => "the target and this program have no TLS version or cipher in common",
        _ => "the handshake failed",
    }
}
