//! Requests for another host than this one.

use std::{
    sync::Arc,
    task::{Context, Poll},
};

use hardened_core::origin::Host;
use http::{HeaderValue, Request, Response, StatusCode, header::HOST, uri::Authority};
use tower_layer::Layer;
use tower_service::Service;

use super::{answered::Answered, refused::Refused};
use crate::listen::{HostPolicy, is_health_check};

/// Answers 421 (misdirected request, RFC 9110 §15.5.20) to a request that names a host which is not the service's: the
/// protection against DNS rebinding. A request that names no host, several in `Host`, or something that is not a host
/// (`evil.com/.example.com`) gets 400 (RFC 9112 §3.2). Calls of gRPC get the status `PERMISSION_DENIED` or
/// `INVALID_ARGUMENT`.
///
/// The hosts are those of `ALLOWED_HOSTS`. Where it is unset and the service listens on this machine only, they are
/// `localhost`, names below it, and IP addresses; elsewhere nothing is judged, because a proxy decides. `/livez`,
/// `/readyz`, `/health` and `grpc.health.v1.Health` are never refused, since probes send an IP address or a name of their
/// platform's.
///
/// What it cannot guarantee: it judges `Host`, and the authority of the request line or of HTTP/2; not
/// `X-Forwarded-Host`, which a service should not believe.
#[derive(Debug, Clone)]
pub struct AllowedHosts(Arc<HostPolicy>);

impl AllowedHosts {
    pub(super) fn new(policy: HostPolicy) -> Self {
        Self(Arc::new(policy))
    }

    /// Judges a request by its path, the authority of its target, and the lines of `Host`.
    pub(super) fn judge<'r>(
        &self,
        path: &str,
        authority: Option<&str>,
        lines: impl Iterator<Item = &'r [u8]>,
    ) -> Result<(), StatusCode> {
        self.0.judge(path, authority, lines)
    }
}

impl HostPolicy {
    /// Every host that a request names must be allowed, and it must name one. The error is the status that refuses it.
    fn judge<'r>(
        &self,
        path: &str,
        authority: Option<&str>,
        mut lines: impl Iterator<Item = &'r [u8]>,
    ) -> Result<(), StatusCode> {
        if matches!(self, Self::Any) || is_health_check(path) {
            return Ok(());
        }
        let (line, another) = (lines.next(), lines.next());
        if another.is_some() || line.is_none() && authority.is_none() {
            return Err(StatusCode::BAD_REQUEST);
        }
        if let Some(authority) = authority {
            self.judge_authority(authority)?;
        }
        match line.map(str::from_utf8) {
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

    #[inline]
    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    #[inline]
    fn call(&mut self, request: Request<Q>) -> Self::Future {
        let (uri, headers) = (request.uri(), request.headers());
        let lines = headers.get_all(HOST).iter().map(HeaderValue::as_bytes);
        match self.policy.judge(uri.path(), uri.authority().map(Authority::as_str), lines) {
            Err(status) => Answered::here(Refused::new(status, &request)),
            Ok(()) => Answered::by(self.inner.call(request)),
        }
    }
}
