//! Makes connections, directly or through a proxy.

use std::{
    error::Error as StdError,
    fmt,
    net::SocketAddr,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use http::Uri;
use hyper_util::{
    client::legacy::connect::{HttpConnector, proxy::Tunnel},
    rt::TokioIo,
};
use tokio::{net::TcpStream, time::timeout};
use tower_service::Service;

use super::resolve::Resolve;

/// How long connecting may take, because a port behind a packet filter does not answer.
const CONNECT_TIME: Duration = Duration::from_secs(4);

/// A connector to the host and the port of a URI.
#[derive(Clone)]
pub(crate) struct Dial {
    direct: HttpConnector<Resolve>,
    instead: Option<Instead>,
    proxy: Option<Uri>,
}

/// The address to connect to instead of the one that a name resolves to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Instead {
    /// The port of the target, which the address replaces. Other ports are used with the IP of the address.
    pub(crate) port: u16,
    pub(crate) address: SocketAddr,
}

impl Dial {
    pub(crate) fn new(instead: Option<Instead>, proxy: Option<Uri>) -> Self {
        let mut direct = HttpConnector::new_with_resolver(Resolve);
        direct.enforce_http(false);
        direct.set_nodelay(true);
        direct.set_connect_timeout(Some(CONNECT_TIME));
        // The proxy resolves the name itself.
        Self { direct, instead: instead.filter(|_| proxy.is_none()), proxy }
    }

    /// Connects to a host and a port.
    pub(crate) async fn connect(&self, to: Uri) -> Result<TcpStream, Box<dyn StdError + Send + Sync>> {
        self.clone().call(to).await.map(TokioIo::into_inner)
    }
}

/// The error that the proxy did not connect.
#[derive(Debug)]
pub(crate) struct NoTunnel;

impl fmt::Display for NoTunnel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the proxy did not connect")
    }
}

impl StdError for NoTunnel {}

impl Service<Uri> for Dial {
    type Response = TokioIo<TcpStream>;
    type Error = Box<dyn StdError + Send + Sync>;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.direct.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        let mut direct = self.direct.clone();
        if let Some(Instead { port, address }) = self.instead {
            let asked = port_of(&to);
            let address = if asked == port { address } else { SocketAddr::new(address.ip(), asked) };
            return Box::pin(connect(address));
        }
        match self.proxy.clone() {
            None => Box::pin(async move { Ok(direct.call(to).await?) }),
            Some(proxy) => {
                Box::pin(
                    async move { Tunnel::new(proxy, direct).call(with_port(to)).await.map_err(|_| NoTunnel.into()) },
                )
            }
        }
    }
}

async fn connect(address: SocketAddr) -> Result<TokioIo<TcpStream>, Box<dyn StdError + Send + Sync>> {
    let stream = timeout(CONNECT_TIME, TcpStream::connect(address)).await??;
    stream.set_nodelay(true)?;
    Ok(TokioIo::new(stream))
}

fn port_of(to: &Uri) -> u16 {
    to.port_u16().unwrap_or(if to.scheme_str() == Some("https") { 443 } else { 80 })
}

/// Adds the port to a URI that names none, because a tunnel would use 443.
fn with_port(to: Uri) -> Uri {
    let authority = format!("{}:{}", to.host().unwrap_or_default(), port_of(&to));
    let scheme = to.scheme_str().unwrap_or("http");
    Uri::builder().scheme(scheme).authority(authority).path_and_query("/").build().unwrap_or(to)
}
