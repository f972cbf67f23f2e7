//! What a request knows of its sender.

use std::net::{IpAddr, SocketAddr};

/// The address at the other end of the connection: an extension of the request, which the server sets.
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
    /// Creates a peer on this machine that connects through a Unix socket, which has no address.
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

/// The address of the client that sent a request: that of the connection, or what a trusted proxy says.
///
/// [`Http::layer`](crate::Http::layer) sets it as an extension of the request, where the server has set [`PeerAddress`].
/// Which proxies are trusted, the group [`TrustedProxies`](crate::listen::TrustedProxies) says; without it, none.
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
/// What it cannot guarantee: many people can share an address, and one can have many. Where a proxy's header is missing or
/// malformed, it is the proxy's own address: never one that a client made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClientAddress {
    pub(super) ip: IpAddr,
    pub(super) secure: Option<bool>,
}

impl ClientAddress {
    /// Why a request has none, for the log.
    #[cfg(any(feature = "attempts", feature = "axum"))]
    pub(in crate::web) const UNKNOWN: &str = "a request has no client address: the server does not set `PeerAddress`, \
        `Http::layer` is missing, or requests come over a Unix socket and TRUSTED_PROXIES does not include loopback";

    /// Returns the address. An IPv4 address in IPv6 form is returned as IPv4.
    #[must_use]
    pub const fn ip(&self) -> IpAddr {
        self.ip
    }

    /// Returns whether the client used `https:`, as a trusted proxy says. None where no trusted proxy says so.
    #[must_use]
    pub const fn is_secure(&self) -> Option<bool> {
        self.secure
    }
}

/// The request has no [`ClientAddress`], because no layer set one: answers 500.
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

/// Takes what [`Http::layer`](crate::Http::layer) set.
///
/// # Errors
///
/// [`ClientUnknown`], which answers 500, where the server does not set [`PeerAddress`], the layer is missing, or the request
/// came over a Unix socket and no proxy on this machine is trusted.
#[cfg(feature = "axum")]
impl<S: Sync> axum_core::extract::FromRequestParts<S> for ClientAddress {
    type Rejection = ClientUnknown;

    async fn from_request_parts(parts: &mut http::request::Parts, _: &S) -> Result<Self, ClientUnknown> {
        parts.extensions.get::<Self>().copied().ok_or(ClientUnknown)
    }
}
