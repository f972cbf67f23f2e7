//! Targets behind TLS, with certificates from a private certificate authority.

use std::{
    io,
    net::SocketAddr,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use axum::{Router, serve::Listener};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    },
    server::TlsStream,
};

pub(crate) const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A certificate authority.
pub(crate) struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A certificate and its key, as PEM.
pub(crate) struct Certificate {
    pub(crate) chain: String,
    pub(crate) key: String,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let mut parameters = CertificateParams::new(Vec::new()).unwrap();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(parameters, KeyPair::generate().unwrap()).unwrap())
    }

    pub(crate) fn pem(&self) -> String {
        self.0.pem()
    }

    /// Issues a certificate for a name that is valid from a day ago and expires after `lasts`.
    pub(crate) fn issue(&self, name: &str, lasts: Duration) -> Certificate {
        self.between(name, SystemTime::now() - DAY, SystemTime::now() + lasts)
    }

    /// Issues a certificate that expired an hour ago.
    pub(crate) fn issue_expired(&self, name: &str) -> Certificate {
        self.between(name, SystemTime::now() - DAY, SystemTime::now() - DAY / 24)
    }

    fn between(&self, name: &str, begin: SystemTime, end: SystemTime) -> Certificate {
        let moment = |time: SystemTime| rcgen::date_time_ymd(1970, 1, 1) + time.duration_since(UNIX_EPOCH).unwrap();
        let mut parameters = CertificateParams::new([name.to_owned()]).unwrap();
        (parameters.not_before, parameters.not_after) = (moment(begin), moment(end));
        let key = KeyPair::generate().unwrap();
        let certificate = parameters.signed_by(&key, &self.0).unwrap();
        Certificate { chain: certificate.pem(), key: key.serialize_pem() }
    }
}

/// A listener that accepts TLS connections.
struct Secure {
    listener: TcpListener,
    acceptor: TlsAcceptor,
    /// Whether a TLS 1.1 `ClientHello` gets the reply of a server from that time.
    is_old: bool,
}

impl Listener for Secure {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let (mut stream, address) = self.listener.accept().await.unwrap();
            if self.is_old && answers_old_hello(&mut stream).await {
                continue;
            }
            if let Ok(stream) = self.acceptor.accept(stream).await {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}

/// Negotiates TLS 1.0 with a client that offers TLS 1.1 at most, and returns whether it did.
async fn answers_old_hello(stream: &mut TcpStream) -> bool {
    let mut head = [0; 11];
    stream.peek(&mut head).await.unwrap();
    if head[9..] != [3, 2] {
        return false;
    }
    let hello = [&[22, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1][..], &[7; 32], &[0, 0, 47, 0]].concat();
    stream.write_all(&hello).await.unwrap();
    // Keep the connection open until the client closes it.
    while stream.read(&mut [0; 64]).await.is_ok_and(|read| read > 0) {}
    true
}

/// Serves over TLS on a free port of the loopback interface.
pub(crate) async fn serve_tls(router: Router, certificate: &Certificate) -> SocketAddr {
    serve_with(router, certificate, false).await
}

/// Serves over TLS, including to clients that support TLS 1.1 at most.
pub(crate) async fn serve_old_tls(router: Router, certificate: &Certificate) -> SocketAddr {
    serve_with(router, certificate, true).await
}

async fn serve_with(router: Router, certificate: &Certificate, is_old: bool) -> SocketAddr {
    let chain = CertificateDer::pem_slice_iter(certificate.chain.as_bytes()).map(Result::unwrap).collect();
    let key = PrivateKeyDer::from_pem_slice(certificate.key.as_bytes()).unwrap();
    let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    let config = builder.with_single_cert(chain, key).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let secure = Secure { listener, acceptor: TlsAcceptor::from(Arc::new(config)), is_old };
    tokio::spawn(async move { axum::serve(secure, router).await });
    address
}
