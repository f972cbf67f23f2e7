//! Refuses requests for other hosts.

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

/// Answers 421 (misdirected request, RFC 9110 §15.5.20) to a request that names a host other than the service's: this
/// protects against DNS rebinding. A request gets 400 (RFC 9112 §3.2) if it names no host, has several `Host` headers,
/// or names something that is not a host (`evil.com/.example.com`). A gRPC call gets the status `PERMISSION_DENIED` or
/// `INVALID_ARGUMENT`.
///
/// `ALLOWED_HOSTS` lists the hosts. If it is unset and the service listens only on this machine, they are `localhost`,
/// names below it, and IP addresses; otherwise every host is allowed, because a proxy decides. `/livez`, `/readyz`,
/// `/health` and `grpc.health.v1.Health` are never refused, because probes send an IP address or a name chosen by the
/// platform.
///
/// It checks `Host`, and the authority of the request line or of HTTP/2, but not `X-Forwarded-Host`, which a service
/// should not trust.
#[derive(Debug, Clone)]
pub struct AllowedHosts(Arc<HostPolicy>);

impl AllowedHosts {
    pub(super) fn new(policy: HostPolicy) -> Self {
        Self(Arc::new(policy))
    }

    /// Decides about a request by its path, the authority of its target, and its `Host` lines.
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
    /// Requires a request to name a host, and every host that it names to be allowed. The error is the status of the refusal.
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
        // Almost every client writes a host as it is listed, so that no parsing is necessary.
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
            // A page whose own host is an IP address was loaded from that address: DNS rebinding needs a name.
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
