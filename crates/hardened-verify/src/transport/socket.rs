//! The target behind a socket, over HTTP/1.1 or HTTP/2, plain or with TLS.

use std::{error::Error as StdError, io, net::SocketAddr};

use bytes::Bytes;
use http::{HeaderValue, Uri, header};
use http_body_util::Full;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use rustls::{CertificateError, ClientConfig};
use tokio::time::Instant;

use super::{Exchanging, Transport, body};
use crate::{
    answer::{Answer, NoAnswer},
    request::Request,
    target::Target,
    transport::socket::resolve::Resolve,
};

mod resolve;

type HttpClient = Client<HttpsConnector<HttpConnector<Resolve>>, Full<Bytes>>;

/// How to connect.
#[derive(Debug, Clone)]
pub(crate) struct Connecting {
    /// Whose certificates are accepted, and with which versions of TLS.
    pub(crate) tls: ClientConfig,
    /// The address to use instead of the resolved one.
    pub(crate) address: Option<SocketAddr>,
}

/// The target behind a socket.
pub(crate) struct Socket {
    target: Target,
    client: HttpClient,
    /// HTTP/1.1 only: what is said there and cannot be said in HTTP/2, such as another host in the same connection.
    old: HttpClient,
}

impl Socket {
    pub(crate) fn new(target: Target, connecting: Connecting) -> Self {
        let resolve = Resolve::new(connecting.address);
        let connector = |http2: bool| {
            let mut http = HttpConnector::new_with_resolver(resolve.clone());
            http.enforce_http(false);
            http.set_nodelay(true);
            let builder = HttpsConnectorBuilder::new().with_tls_config(connecting.tls.clone()).https_or_http();
            let builder = builder.enable_http1();
            if http2 { builder.enable_http2().wrap_connector(http) } else { builder.wrap_connector(http) }
        };
        let client = |http2| Client::builder(TokioExecutor::new()).build(connector(http2));
        Self { target, client: client(true), old: client(false) }
    }

    fn build(&self, request: &Request) -> Option<http::Request<Full<Bytes>>> {
        let scheme = if self.target.is_https() { "https" } else { "http" };
        let uri = Uri::builder()
            .scheme(scheme)
            .authority(self.target.authority().clone())
            .path_and_query(request.path.as_str())
            .build()
            .ok()?;
        let mut built = http::Request::new(Full::new(request.body.clone()));
        *built.method_mut() = request.method.clone();
        *built.uri_mut() = uri;
        let headers = built.headers_mut();
        if let Some(host) = &request.host {
            headers.insert(header::HOST, HeaderValue::try_from(host).ok()?);
        }
        for (name, value) in &request.headers {
            headers.append(name, value.clone());
        }
        Some(built)
    }
}

impl Transport for Socket {
    fn exchange<'a>(&'a self, request: &'a Request) -> Exchanging<'a> {
        Box::pin(async move {
            let client = if request.host.is_some() { &self.old } else { &self.client };
            let request = self.build(request).ok_or(NoAnswer::NotSent)?;
            let begin = Instant::now();
            let response = client.request(request).await.map_err(|error| reason(&error))?;
            let (head, body) = response.into_parts();
            let (body, is_complete) = body::read(body).await;
            let (version, status, headers) = (head.version, head.status, head.headers);
            Ok(Answer { version, status, headers, body, is_complete, took: begin.elapsed() })
        })
    }
}

/// The reason in the words of this library: the text of an error can quote what was sent or received.
fn reason(error: &hyper_util::client::legacy::Error) -> NoAnswer {
    let mut next: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(error) = next {
        if let Some(known) = known(error) {
            return known;
        }
        next = error.source();
    }
    if error.is_connect() { NoAnswer::NotConnected } else { NoAnswer::Closed }
}

fn known(error: &(dyn StdError + 'static)) -> Option<NoAnswer> {
    if error.is::<resolve::NotFound>() {
        return Some(NoAnswer::NotFound);
    }
    if let Some(error) = error.downcast_ref::<rustls::Error>() {
        return Some(NoAnswer::Tls(tls(error)));
    }
    if let Some(error) = error.downcast_ref::<hyper::Error>()
        && error.is_parse()
    {
        return Some(NoAnswer::NotHttp);
    }
    // An I/O error hides its cause from `source`.
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
            CertificateError::UnknownIssuer => "the issuer of the certificate is not trusted; name it with --ca",
            CertificateError::Revoked => "the certificate is revoked",
            _ => "the certificate is not valid",
        },
        rustls::Error::AlertReceived(_) => "the target ended the handshake",
        rustls::Error::InvalidMessage(_) => "the target does not speak TLS",
        rustls::Error::PeerIncompatible(_) => "no version or cipher of TLS is common",
        _ => "the handshake failed",
    }
}
