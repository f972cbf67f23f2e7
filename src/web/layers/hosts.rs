//! Requests for another host than this one.

use std::task::{Context, Poll};

use hardened_core::origin::Host;
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode, Uri, header::HOST};
use tower_layer::Layer;
use tower_service::Service;

use super::answered::Answered;
use crate::{
    listen::{HEALTH_PATHS, HostPolicy},
    web::shared::Shared,
};

/// Answers 421 (misdirected request, RFC 9110 §15.5.20) to a request that names a host which is not the service's: the
/// protection against DNS rebinding. A request that names no host, several in `Host`, or something that is not a host
/// (`evil.com/.example.com`) gets 400 (RFC 9112 §3.2).
///
/// The hosts are those of `ALLOWED_HOSTS`. Where it is unset and the service listens on this machine only, they are
/// `localhost`, names below it, and IP addresses; elsewhere nothing is judged, because a proxy decides. `/livez`,
/// `/readyz` and `/health` are never refused, since probes send an IP address or a name of their platform's.
///
/// What it cannot guarantee: it judges `Host`, and the authority of the request line or of HTTP/2; not
/// `X-Forwarded-Host`, which a service should not believe.
#[derive(Debug, Clone)]
pub struct AllowedHosts(Shared<HostPolicy>);

impl AllowedHosts {
    pub(super) fn new(policy: HostPolicy) -> Self {
        Self(Shared::new(policy))
    }
}

impl HostPolicy {
    /// The status that refuses a request; none for one that is allowed.
    fn refusal<Q>(&self, request: &Request<Q>) -> Option<StatusCode> {
        if matches!(self, Self::Any) || HEALTH_PATHS.contains(&request.uri().path()) {
            return None;
        }
        self.judge(request.uri(), request.headers()).err()
    }

    /// Every host that a request names must be allowed, and it must name one.
    fn judge(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), StatusCode> {
        let mut lines = headers.get_all(HOST).iter();
        let (line, another) = (lines.next(), lines.next());
        if another.is_some() || line.is_none() && uri.authority().is_none() {
            return Err(StatusCode::BAD_REQUEST);
        }
        if let Some(authority) = uri.authority() {
            self.judge_authority(authority.as_str())?;
        }
        match line.map(HeaderValue::to_str) {
            Some(Ok(authority)) => self.judge_authority(authority),
            Some(Err(_)) => Err(StatusCode::BAD_REQUEST),
            None => Ok(()),
        }
    }

    fn judge_authority(&self, authority: &str) -> Result<(), StatusCode> {
        // As almost every client writes it: nothing is to be read then.
        if let Self::Listed(hosts) = self
            && hosts.iter().any(|host| host.is_written(authority))
        {
            return Ok(());
        }
        let host = Host::of_authority(authority).ok_or(StatusCode::BAD_REQUEST)?;
        if self.allows(host) { Ok(()) } else { Err(StatusCode::MISDIRECTED_REQUEST) }
    }

    fn allows(&self, host: Host<'_>) -> bool {
        match self {
            Self::Any => true,
            // A page whose own host is an IP address was loaded from that address: there is no name to point elsewhere.
            Self::Local => host.is_loopback() || matches!(host, Host::Address(_)),
            Self::Listed(hosts) => hosts.iter().any(|allowed| allowed.is(host)),
        }
    }
}

impl<S> Layer<S> for AllowedHosts {
    type Service = AllowedHostsService<S>;

    fn layer(&self, inner: S) -> AllowedHostsService<S> {
        AllowedHostsService { inner, policy: self.0.clone() }
    }
}

/// The tower service of [`AllowedHosts`].
#[derive(Debug, Clone)]
pub struct AllowedHostsService<S> {
    inner: S,
    policy: Shared<HostPolicy>,
}

impl<S, Q, B> Service<Request<Q>> for AllowedHostsService<S>
where
    S: Service<Request<Q>, Response = Response<B>>,
    B: Default,
{
    type Response = Response<B>;
    type Error = S::Error;
    type Future = Answered<S::Future>;

    #[inline]
    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    #[inline]
    fn call(&mut self, request: Request<Q>) -> Self::Future {
        match self.policy.refusal(&request) {
            Some(status) => Answered::here(status),
            None => Answered::by(self.inner.call(request)),
        }
    }
}
