//! The transport over a socket: HTTP/1.1 or HTTP/2, plain or with TLS.

use std::{net::SocketAddr, time::Duration};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Uri, header};
use http_body_util::Full;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{client::legacy::Client, rt::TokioExecutor};

use self::dial::{Dial, Instead};
use super::{Exchanging, Handshaking, Stalling, Transport, body, trust::Trust};
use crate::{
    answer::{Answer, NoAnswer},
    handshake::Hello,
    request::Request,
    stall::Stall,
    target::Target,
};

mod dial;
mod failure;
mod handshake;
mod resolve;
mod stall;

type HttpClient = Client<HttpsConnector<Dial>, Full<Bytes>>;

/// The settings for connections.
pub(crate) struct Connecting {
    pub(crate) trust: Trust,
    /// The address to use instead of the resolved one.
    pub(crate) address: Option<SocketAddr>,
    /// The proxy that makes the connections.
    pub(crate) proxy: Option<Uri>,
    /// The headers of every request, which may be credentials.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// The port for `http:`, if the target is `https:`.
    pub(crate) plain_port: Option<u16>,
}

/// The target behind a socket.
pub(crate) struct Socket {
    target: Target,
    dial: Dial,
    client: HttpClient,
    /// The client for HTTP/1.1 only, for requests that HTTP/2 cannot express, such as another host on the same connection.
    old: HttpClient,
    trust: Trust,
    headers: Vec<(HeaderName, HeaderValue)>,
    plain_port: Option<u16>,
}

impl Socket {
    pub(crate) fn new(target: Target, connecting: Connecting) -> Self {
        let Connecting { trust, address, proxy, headers, plain_port } = connecting;
        let instead = address.map(|address| Instead { port: target.port(), address });
        let dial = Dial::new(instead, proxy);
        let client = |http2: bool| {
            let builder = HttpsConnectorBuilder::new().with_tls_config(trust.tls.clone()).https_or_http();
            let builder = builder.enable_http1();
            let connector = if http2 {
                builder.enable_http2().wrap_connector(dial.clone())
            } else {
                builder.wrap_connector(dial.clone())
            };
            Client::builder(TokioExecutor::new()).build(connector)
        };
        let (client, old) = (client(true), client(false));
        Self { target, client, old, dial, trust, headers, plain_port }
    }

    fn build(&self, request: &Request) -> Option<http::Request<Full<Bytes>>> {
        let mut built = http::Request::new(Full::new(request.body.clone()));
        *built.method_mut() = request.method.clone();
        *built.uri_mut() = self.uri(request)?;
        let headers = built.headers_mut();
        if let Some(host) = &request.host {
            headers.insert(header::HOST, HeaderValue::try_from(host).ok()?);
        }
        let of_all = self.headers.iter().filter(|_| !request.is_plain);
        for (name, value) in request.headers.iter().chain(of_all) {
            headers.append(name, value.clone());
        }
        Some(built)
    }

    fn uri(&self, request: &Request) -> Option<Uri> {
        let is_https = self.target.is_https() && !request.is_plain;
        let builder = Uri::builder().scheme(if is_https { "https" } else { "http" });
        let authority = if request.is_plain {
            format!("{}:{}", self.target.authority().host(), self.plain_port?)
        } else {
            self.target.authority().to_string()
        };
        builder.authority(authority).path_and_query(request.path.as_str()).build().ok()
    }

    /// Begins a request over HTTP/1.1, whose head stops in the middle of a header.
    async fn begin(&self, request: &Request, limit: Duration) -> Result<Stall, NoAnswer> {
        let uri = self.uri(request).ok_or(NoAnswer::NotSent)?;
        let host = self.target.authority();
        let head = format!("{} {} HTTP/1.1\r\nhost: {host}\r\nx-hardened-verify: ", request.method, request.path);
        let stream = self.dial.connect(uri).await;
        let stream = stream.map_err(|error| failure::failure(error.as_ref()).unwrap_or(NoAnswer::NotConnected))?;
        if self.target.is_https() {
            let stream = handshake::encrypted(&self.trust, stream, self.target.host()).await?;
            Ok(stall::stall(stream, &head, limit).await)
        } else {
            Ok(stall::stall(stream, &head, limit).await)
        }
    }

    /// Returns whether others on the network path could read the request. It must then not carry a credential.
    fn is_overheard(&self, request: &Request) -> bool {
        let is_secret = self.target.is_loopback() || (self.target.is_https() && self.trust.verifier.is_some());
        request.is_plain || !is_secret
    }
}

impl Transport for Socket {
    fn exchange<'a>(&'a self, request: &'a Request) -> Exchanging<'a> {
        Box::pin(async move {
            if request.who.is_some() && self.is_overheard(request) {
                return Err(NoAnswer::Withheld);
            }
            let client = if request.host.is_some() { &self.old } else { &self.client };
            let request = self.build(request).ok_or(NoAnswer::NotSent)?;
            let response = client.request(request).await.map_err(|error| failure::reason(&error))?;
            let (head, body) = response.into_parts();
            let (body, is_complete) = body::read(body).await;
            let (status, headers) = (head.status, head.headers);
            Ok(Answer { status, headers, body, is_complete })
        })
    }

    fn handshake(&self, hello: Hello) -> Option<Handshaking<'_>> {
        if !self.target.is_https() {
            return None;
        }
        Some(Box::pin(async move {
            let uri = self.uri(&Request::get("/")).ok_or(NoAnswer::NotSent)?;
            handshake::shake(&self.dial, &self.trust, uri, self.target.host(), hello).await
        }))
    }

    fn stall<'a>(&'a self, request: &'a Request, limit: Duration) -> Option<Stalling<'a>> {
        Some(Box::pin(self.begin(request, limit)))
    }
}
