//! The layer that determines the client of a request.

use std::{
    sync::Arc,
    task::{Context, Poll},
};

use http::{HeaderMap, Request};
use tower_layer::Layer;
use tower_service::Service;

use super::{
    address::{ClientAddress, PeerAddress},
    policy::ClientPolicy,
};
use crate::listen::TrustedProxies;

/// Sets [`ClientAddress`] as an extension of each request whose [`PeerAddress`] is known.
///
/// The address is read from exactly one header, because a proxy passes on headers that it does not know: a client could
/// write anything in them. [`HttpLayer::clients`](super::super::HttpLayer::clients) puts this layer around a service;
/// used alone, it belongs outside every layer that needs to know the client.
#[derive(Debug, Clone)]
pub struct Clients(Arc<ClientPolicy>);

impl Clients {
    /// Creates a layer that trusts these proxies.
    #[must_use]
    pub fn new(proxies: &TrustedProxies) -> Self {
        Self(Arc::new(proxies.policy()))
    }

    /// Returns the client of one request, from its peer and headers only, for servers that take no tower layer. Returns
    /// `None` if the peer has no address and no proxy is trusted.
    #[must_use]
    pub fn client(&self, peer: PeerAddress, headers: &HeaderMap) -> Option<ClientAddress> {
        self.0.client(peer.0, headers)
    }

    /// No proxy is trusted: the client is the peer of the connection.
    pub(crate) fn nobody() -> Self {
        Self(Arc::new(ClientPolicy::Nobody))
    }
}

impl<S> Layer<S> for Clients {
    type Service = ClientsService<S>;

    fn layer(&self, inner: S) -> ClientsService<S> {
        ClientsService { inner, policy: self.0.clone() }
    }
}

/// The tower service of [`Clients`].
#[derive(Debug, Clone)]
pub struct ClientsService<S> {
    inner: S,
    policy: Arc<ClientPolicy>,
}

impl<S, Q> Service<Request<Q>> for ClientsService<S>
where
    S: Service<Request<Q>>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    #[inline]
    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    #[inline]
    fn call(&mut self, mut request: Request<Q>) -> S::Future {
        if let Some(PeerAddress(peer)) = request.extensions().get().copied()
            && let Some(client) = self.policy.client(peer, request.headers())
        {
            request.extensions_mut().insert(client);
        }
        self.inner.call(request)
    }
}
