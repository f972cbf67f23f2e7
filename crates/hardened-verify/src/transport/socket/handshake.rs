//! TLS handshakes: a complete one with current versions, and the first message of one with old versions.

use std::sync::Arc;

use hardened_core::origin::Host;
use http::Uri;
use rustls::{
    ProtocolVersion,
    client::danger::ServerCertVerifier,
    pki_types::{CertificateDer, ServerName, UnixTime},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::{TlsConnector, client::TlsStream};

use super::{dial::Dial, failure::failure};
use crate::{
    answer::NoAnswer,
    handshake::{Handshake, Hello, LASTS_DAYS},
    transport::trust::Trust,
};

const DAY: u64 = 24 * 60 * 60;

/// Starts a handshake with a host, and returns whether it agrees.
pub(super) async fn shake(
    dial: &Dial,
    trust: &Trust,
    to: Uri,
    host: &str,
    hello: Hello,
) -> Result<Handshake, NoAnswer> {
    let stream = dial.connect(to).await.map_err(|error| failure(error.as_ref()).unwrap_or(NoAnswer::NotConnected))?;
    match hello {
        Hello::Modern => modern(trust, stream, host).await,
        Hello::Old => old(stream, host).await,
    }
}

async fn modern(trust: &Trust, stream: TcpStream, host: &str) -> Result<Handshake, NoAnswer> {
    let name = server_name(host)?;
    let connection = encrypted(trust, stream, host).await?;
    let (_, session) = connection.get_ref();
    let version = match session.protocol_version() {
        Some(ProtocolVersion::TLSv1_3) => "TLS 1.3",
        _ => "TLS 1.2",
    };
    let chain = session.peer_certificates().unwrap_or_default();
    let days = trust.verifier.as_ref().map(|verifier| days(verifier.as_ref(), chain, &name));
    Ok(Handshake::Agreed { version, days })
}

/// Makes a connection with a current version of TLS and without ALPN, so that it uses HTTP/1.1.
pub(super) async fn encrypted(trust: &Trust, stream: TcpStream, host: &str) -> Result<TlsStream<TcpStream>, NoAnswer> {
    let connector = TlsConnector::from(Arc::new(trust.tls.clone()));
    let connection = connector.connect(server_name(host)?, stream).await;
    connection.map_err(|error| failure(&error).unwrap_or(NoAnswer::Closed))
}

fn server_name(host: &str) -> Result<ServerName<'static>, NoAnswer> {
    ServerName::try_from(host.to_owned()).map_err(|_| NoAnswer::NotSent)
}

/// Returns for how many days the whole certificate chain will still be accepted, up to [`LASTS_DAYS`].
fn days(verifier: &dyn ServerCertVerifier, chain: &[CertificateDer<'_>], name: &ServerName<'_>) -> u64 {
    let Some((certificate, others)) = chain.split_first() else { return 0 };
    let now = UnixTime::now().as_secs();
    let is_accepted = |days: &u64| {
        let then = UnixTime::since_unix_epoch(std::time::Duration::from_secs(now + days * DAY));
        verifier.verify_server_cert(certificate, others, name, &[], then).is_ok()
    };
    (0..=LASTS_DAYS).rev().find(is_accepted).unwrap_or(0)
}

/// Offers TLS 1.1 at most, and reads whether the server agrees on TLS 1.1, 1.0 or SSL 3.0.
async fn old(mut stream: TcpStream, host: &str) -> Result<Handshake, NoAnswer> {
    let hello = client_hello(host)?;
    stream.write_all(&hello).await.map_err(|_| NoAnswer::Closed)?;
    loop {
        let mut head = [0; 5];
        if stream.read_exact(&mut head).await.is_err() {
            return Ok(Handshake::Refused("closed the connection"));
        }
        let [kind, major, _, high, low] = head;
        let mut record = vec![0; usize::from(u16::from_be_bytes([high, low]))];
        if major != 3 || record.len() > 1 << 14 {
            return Err(NoAnswer::Tls("the target does not speak TLS"));
        }
        if stream.read_exact(&mut record).await.is_err() {
            return Ok(Handshake::Refused("closed the connection"));
        }
        match (kind, record.as_slice()) {
            // The record is a warning, such as that the name is not known.
            (21, [1, ..]) => {}
            (21, _) => return Ok(Handshake::Refused("answered with an alert")),
            (22, [2, _, _, _, 3, minor, ..]) => return Ok(Handshake::Agreed { version: name(*minor), days: None }),
            _ => return Err(NoAnswer::Tls("the handshake failed")),
        }
    }
}

fn name(minor: u8) -> &'static str {
    match minor {
        0 => "SSL 3.0",
        1 => "TLS 1.0",
        2 => "TLS 1.1",
        _ => "another version of TLS",
    }
}

/// Builds the first message of TLS 1.1 (RFC 4346, section 7.4.1.2), with the cipher suites of its time.
fn client_hello(host: &str) -> Result<Vec<u8>, NoAnswer> {
    const SUITES: [u16; 10] = [0xc013, 0xc014, 0xc009, 0xc00a, 0x002f, 0x0035, 0x0033, 0x0039, 0x000a, 0x00ff];
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|_| NoAnswer::NotSent)?;
    let suites: Vec<u8> = SUITES.iter().flat_map(|suite| suite.to_be_bytes()).collect();
    // The extensions offer P-256, P-384, P-521 and X25519, and uncompressed points (RFC 8422).
    let mut extensions = [extension(10, &sized(&[0, 23, 0, 24, 0, 25, 0, 29])), extension(11, &[1, 0])].concat();
    if matches!(Host::parse(host), Some(Host::Name(_))) {
        let name = [&[0], sized(host.as_bytes()).as_slice()].concat();
        extensions.extend(extension(0, &sized(&name)));
    }
    let body = [&[3, 2], random.as_slice(), &[0], &sized(&suites), &[1, 0], &sized(&extensions)].concat();
    let message = [&[1, 0], sized(&body).as_slice()].concat();
    Ok([&[22, 3, 1], sized(&message).as_slice()].concat())
}

fn extension(number: u16, content: &[u8]) -> Vec<u8> {
    [number.to_be_bytes().as_slice(), &sized(content)].concat()
}

/// Prefixes the content with its length in two bytes.
fn sized(content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap_or(u16::MAX);
    [length.to_be_bytes().as_slice(), content].concat()
}
