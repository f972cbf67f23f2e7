//! Security headers on every response.

mod software;
mod table;

use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use hardened_core::manifest::Promises;
use http::{
    HeaderMap, HeaderName, Request, Response,
    header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, ETAG, EXPIRES, LAST_MODIFIED, STRICT_TRANSPORT_SECURITY,
        X_CONTENT_TYPE_OPTIONS,
    },
};
use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

use super::{client::ClientAddress, path::Prefixes};
use crate::{listen::Protections, rule};

/// Sets the security headers on every response, and removes headers that name the software.
///
/// A header that a handler set itself is kept, except `X-Content-Type-Options`. A waiver of its rule for the subject
/// `http` switches a header off for the whole service, and every report shows it: `loader.waive(rule::HTTP_HSTS,
/// "http", "the proxy sets it")`. Public documentation gets no `Content-Security-Policy`, because its pages load
/// scripts; a response with `ETag`, `Last-Modified` or `Expires` gets no `Cache-Control`, because it is meant to be
/// cached. `Strict-Transport-Security` is not set if a trusted proxy says that the client used `http:` (RFC 6797 §7.2).
///
/// Source: OWASP REST Security Cheat Sheet.
#[derive(Debug, Clone)]
pub struct SecurityHeaders(Arc<Policy>);

#[derive(Debug, Clone)]
struct Policy {
    /// All headers to set, ready to be cloned: cheaper than inserting each.
    all: HeaderMap,
    docs: Prefixes,
    hides_software: bool,
    forces_type: bool,
}

/// Returns the headers to set: those whose rule is upheld.
fn upheld(protections: &Protections) -> impl Iterator<Item = &'static table::SecurityHeader> {
    table::HEADERS.iter().filter(|header| protections.uphold(header.rule))
}

/// Adds the security headers of every response to the manifest.
pub(super) fn promise(protections: &Protections, promises: &mut Promises) {
    for header in upheld(protections) {
        promises.header(header.name.as_str(), header.value.to_str().unwrap_or_default());
    }
    promises.headers.get_or_insert_default().software_hidden = protections.uphold(rule::HTTP_SOFTWARE);
}

impl SecurityHeaders {
    pub(super) fn new(protections: &Protections) -> Self {
        let all = upheld(protections).map(|header| (header.name.clone(), header.value.clone())).collect();
        Self(Arc::new(Policy {
            all,
            docs: Prefixes::new(protections.shown.iter().copied()),
            hides_software: protections.uphold(rule::HTTP_SOFTWARE),
            forces_type: protections.uphold(rule::HTTP_NOSNIFF),
        }))
    }

    pub(super) fn docs_path(self, path: &'static str) -> Self {
        if self.0.docs.is_empty() {
            return self;
        }
        let docs = self.0.docs.and(path);
        Self(Arc::new(Policy { docs, ..(*self.0).clone() }))
    }

    /// Returns the headers for the response to a request with this path.
    pub(super) fn of_response(&self, path: &str) -> ResponseHeaders {
        ResponseHeaders::new(&self.0, path, false)
    }
}

/// The security headers for one response: a part of [`Admission`](super::Admission).
#[derive(Debug, Clone)]
#[must_use = "the response needs these headers"]
pub struct ResponseHeaders {
    policy: Arc<Policy>,
    is_docs: bool,
    /// Whether a trusted proxy says that the client used `http:`.
    is_insecure: bool,
}

impl ResponseHeaders {
    fn new(policy: &Arc<Policy>, path: &str, is_insecure: bool) -> Self {
        Self { policy: policy.clone(), is_docs: policy.docs.plainly_have(path), is_insecure }
    }

    /// Sets the headers on a response. The service's own headers are kept, except `X-Content-Type-Options` and those
    /// that name the software.
    pub fn apply(&self, headers: &mut HeaderMap) {
        self.policy.apply(headers, self.is_docs, self.is_insecure);
    }
}

impl Policy {
    /// Combines the headers of a response with the policy's; the response's own take precedence.
    #[inline]
    fn apply(&self, headers: &mut HeaderMap, is_docs: bool, is_insecure: bool) {
        let mut own = std::mem::replace(headers, self.all.clone());
        if is_insecure {
            headers.remove(STRICT_TRANSPORT_SECURITY);
        }
        if is_docs {
            headers.remove(CONTENT_SECURITY_POLICY);
        }
        let seen = self.look_at(&own);
        if seen.is_stored {
            headers.remove(CACHE_CONTROL);
        }
        if seen.gives_way {
            self.remove_from(&mut own);
        }
        headers.extend(own);
    }

    /// Compares every name once: comparing is cheaper than hashing.
    fn look_at(&self, own: &HeaderMap) -> Seen {
        let mut seen = Seen { is_stored: false, gives_way: false };
        for name in own.keys() {
            seen.is_stored |= [ETAG, LAST_MODIFIED, EXPIRES].contains(name);
            seen.gives_way |= self.drops(name);
        }
        seen
    }

    #[cold]
    fn remove_from(&self, own: &mut HeaderMap) {
        let dropped: Vec<_> = own.keys().filter(|name| self.drops(name)).cloned().collect();
        for name in dropped {
            own.remove(name);
        }
    }

    /// Returns whether a header of the response must be removed.
    fn drops(&self, name: &HeaderName) -> bool {
        self.hides_software && software::names_software(name) || self.forces_type && *name == X_CONTENT_TYPE_OPTIONS
    }
}

/// What the headers of a response include.
struct Seen {
    /// A validator or an expiry date, so the response is meant to be cached.
    is_stored: bool,
    /// A header that must be removed.
    gives_way: bool,
}

impl<S> Layer<S> for SecurityHeaders {
    type Service = SecurityHeadersService<S>;

    fn layer(&self, inner: S) -> SecurityHeadersService<S> {
        SecurityHeadersService { inner, policy: self.0.clone() }
    }
}

/// The tower service of [`SecurityHeaders`].
#[derive(Debug, Clone)]
pub struct SecurityHeadersService<S> {
    inner: S,
    policy: Arc<Policy>,
}

impl<S, Q, B> Service<Request<Q>> for SecurityHeadersService<S>
where
    S: Service<Request<Q>, Response = Response<B>>,
{
    type Response = Response<B>;
    type Error = S::Error;
    type Future = WithHeaders<S::Future>;

    #[inline]
    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    #[inline]
    fn call(&mut self, request: Request<Q>) -> Self::Future {
        let client = request.extensions().get::<ClientAddress>();
        let is_insecure = client.is_some_and(|client| client.is_secure() == Some(false));
        let headers = ResponseHeaders::new(&self.policy, request.uri().path(), is_insecure);
        WithHeaders { future: self.inner.call(request), headers }
    }
}

pin_project! {
    /// A response future that adds the security headers.
    #[derive(Debug)]
    pub struct WithHeaders<F> {
        #[pin]
        future: F,
        headers: ResponseHeaders,
    }
}

impl<F, B, E> Future for WithHeaders<F>
where
    F: Future<Output = Result<Response<B>, E>>,
{
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let outcome = ready!(this.future.poll(context));
        Poll::Ready(outcome.map(|mut response| {
            this.headers.apply(response.headers_mut());
            response
        }))
    }
}
