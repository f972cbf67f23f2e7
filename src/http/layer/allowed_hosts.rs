//! Requests for another host than this one.

use std::{
    sync::Arc,
    task::{Context, Poll},
};

use http::{HeaderMap, Request, Response, StatusCode, Uri, header::HOST};
use tower_layer::Layer;
use tower_service::Service;

use super::answered::Answered;
use crate::http::{
    HEALTH_PATHS, HostPolicy,
    allowed_host::{named_host, parse_address},
};

/// Answers 421 (misdirected request, RFC 9110 §15.5.20) to a request that names a host which is not of the service:
/// the protection against DNS rebinding.
///
/// The hosts are those of `ALLOWED_HOSTS`. Where it is unset and the service listens on this machine only, they are
/// `localhost`, names below it, and IP addresses; elsewhere every host is allowed, for a proxy decides. `/livez`,
/// `/readyz` and `/health` are never refused, since probes send an IP address or a name of their platform's.
///
/// What it cannot guarantee: it judges `Host`, and the authority of the request line or of HTTP/2; not
/// `X-Forwarded-Host`, which a service should not believe.
#[derive(Debug, Clone)]
pub struct AllowedHosts(Arc<HostPolicy>);

impl AllowedHosts {
    pub(super) fn new(policy: HostPolicy) -> Self {
        Self(Arc::new(policy))
    }
}

impl HostPolicy {
    fn allows<Q>(&self, request: &Request<Q>) -> bool {
        if matches!(self, Self::Any) {
            return true;
        }
        self.allows_all(request.uri(), request.headers()) || HEALTH_PATHS.contains(&request.uri().path())
    }

    /// Every host that a request names must be allowed, and it must name one.
    fn allows_all(&self, uri: &Uri, headers: &HeaderMap) -> bool {
        let mut named = false;
        if let Some(authority) = uri.authority() {
            if !self.allows_host(authority.as_str()) {
                return false;
            }
            named = true;
        }
        for value in headers.get_all(HOST) {
            if !value.to_str().is_ok_and(|authority| self.allows_host(authority)) {
                return false;
            }
            named = true;
        }
        named
    }

    fn allows_host(&self, authority: &str) -> bool {
        let Some(host) = named_host(authority) else { return false };
        match self {
            Self::Any => true,
            Self::Local => is_local(host),
            Self::Listed(hosts) => hosts.iter().any(|allowed| allowed.is(host)),
        }
    }
}

/// `localhost` and names below it always mean this machine (RFC 6761 §6.3). A page whose own host is an IP address
/// was loaded from that address: there is no name to point elsewhere.
fn is_local(host: &str) -> bool {
    let suffix = host.len().checked_sub(".localhost".len()).and_then(|start| host.get(start..));
    host.eq_ignore_ascii_case("localhost")
        || suffix.is_some_and(|end| end.eq_ignore_ascii_case(".localhost"))
        || parse_address(host).is_some()
}

impl<S> Layer<S> for AllowedHosts {
    type Service = AllowedHostsService<S>;

    fn layer(&self, inner: S) -> AllowedHostsService<S> {
        AllowedHostsService { inner, policy: Arc::clone(&self.0) }
    }
}

/// The service of [`AllowedHosts`].
#[derive(Debug, Clone)]
pub struct AllowedHostsService<S> {
    inner: S,
    policy: Arc<HostPolicy>,
}

impl<S, Q, B> Service<Request<Q>> for AllowedHostsService<S>
where
    S: Service<Request<Q>, Response = Response<B>>,
    B: Default,
{
    type Response = Response<B>;
    type Error = S::Error;
    type Future = Answered<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Q>) -> Self::Future {
        if self.policy.allows(&request) {
            return Answered::by(self.inner.call(request));
        }
        Answered::here(StatusCode::MISDIRECTED_REQUEST)
    }
}
