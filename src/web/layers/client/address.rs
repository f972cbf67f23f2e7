//! The addresses of the peer and of the client of a request.

use std::net::{IpAddr, SocketAddr};

/// The address at the other end of the connection: a request extension that the server sets.
///
/// `hardened::serve` sets it. With `axum::serve` and `into_make_service_with_connect_info::<SocketAddr>()`:
///
/// ```
/// use axum::{extract::{ConnectInfo, Request}, middleware::Next, response::Response};
/// use hardened::layers::PeerAddress;
/// use std::net::SocketAddr;
///
/// async fn peer(ConnectInfo(address): ConnectInfo<SocketAddr>, mut request: Request, next: Next) -> Response {
///     request.extensions_mut().insert(PeerAddress::from(address));
///     next.run(request).await
/// }
/// ```
///
/// Put that layer outside [`Http::layer`](crate::Http::layer), which reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeerAddress(pub(super) Option<IpAddr>);

impl PeerAddress {
    /// Creates the peer address for a client on this machine that connects through a Unix socket, which has no address.
    #[must_use]
    pub const fn unix() -> Self {
        Self(None)
    }
}

impl From<SocketAddr> for PeerAddress {
    fn from(address: SocketAddr) -> Self {
        Self(Some(address.ip().to_canonical()))
    }
}

impl From<IpAddr> for PeerAddress {
    fn from(address: IpAddr) -> Self {
        Self(Some(address.to_canonical()))
    }
}

/// The address of the client that sent a request: that of the connection, or the one that a trusted proxy reports.
///
/// [`Http::layer`](crate::Http::layer) sets it as a request extension, provided that the server has set [`PeerAddress`]. The
/// group [`TrustedProxies`](crate::listen::TrustedProxies) says which proxies are trusted; without it, none is.
///
/// ```
/// use axum::Extension;
/// use hardened::layers::ClientAddress;
///
/// async fn whoami(Extension(client): Extension<ClientAddress>) -> String {
///     client.ip().to_string()
/// }
/// ```
///
/// An address does not identify a person: many people can share one, and one person can have many. If a proxy's header
/// is missing or malformed, this is the proxy's own address, never one that a client made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClientAddress {
    pub(super) ip: IpAddr,
    pub(super) secure: Option<bool>,
}

impl ClientAddress {
    /// Explains in the log why a request has no client address.
    #[cfg(any(feature = "attempts", feature = "axum"))]
    pub(in crate::web) const UNKNOWN: &str = "a request has no client address: the server does not set `PeerAddress`, \
        `Http::layer` is missing, or requests come over a Unix socket and TRUSTED_PROXIES does not include loopback";

    /// Returns the address. An IPv4 address in IPv6 form is returned as IPv4.
    #[must_use]
    pub const fn ip(&self) -> IpAddr {
        self.ip
    }

    /// Returns whether the client used `https:`, or `None` if no trusted proxy reports this.
    #[must_use]
    pub const fn is_secure(&self) -> Option<bool> {
        self.secure
    }
}

/// The rejection if a request has no [`ClientAddress`], because no layer set one: answers 500.
#[cfg(feature = "axum")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientUnknown;

#[cfg(feature = "axum")]
impl axum_core::response::IntoResponse for ClientUnknown {
    fn into_response(self) -> axum_core::response::Response {
        tracing::error!("a handler cannot know the client, because {}", ClientAddress::UNKNOWN);
        axum_core::response::IntoResponse::into_response(http::StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// Extracts the address that [`Http::layer`](crate::Http::layer) set.
///
/// # Errors
///
/// [`ClientUnknown`], which answers 500, if the server does not set [`PeerAddress`], the layer is missing, or the
/// request came over a Unix socket and no proxy on this machine is trusted.
#[cfg(feature = "axum")]
impl<S: Sync> axum_core::extract::FromRequestParts<S> for ClientAddress {
    type Rejection = ClientUnknown;

    async fn from_request_parts(parts: &mut http::request::Parts, _: &S) -> Result<Self, ClientUnknown> {
        parts.extensions.get::<Self>().copied().ok_or(ClientUnknown)
    }
}
