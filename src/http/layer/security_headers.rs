//! Headers that tell browsers what a response is not for.

mod table;

use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use http::{
    HeaderMap, HeaderName, Request, Response,
    header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, ETAG, EXPIRES, LAST_MODIFIED, SERVER},
};
use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

use self::table::{Force, HEADERS, SecurityHeader};
use super::{path::is_below, shared};
use crate::{http::protections::Protections, rule};

/// Sets the security headers on every response, and removes those that name the software.
///
/// A header that a handler set itself stands, except `X-Content-Type-Options`. A header is switched off for the whole
/// service by a waiver of its rule for the subject `http`, which every report shows:
/// `loader.waive(rule::HTTP_HSTS, "http", "the proxy sets it")`. Documentation that is shown gets no
/// `Content-Security-Policy`, for its pages load scripts.
///
/// Source: OWASP REST Security Cheat Sheet.
#[derive(Debug, Clone)]
pub struct SecurityHeaders(Arc<Policy>);

#[derive(Debug, Clone)]
struct Policy {
    set: Arc<[&'static SecurityHeader]>,
    docs: Arc<[&'static str]>,
    hides_software: bool,
    forbids_storing: bool,
}

impl SecurityHeaders {
    pub(super) fn new(protections: &Protections) -> Self {
        Self(Arc::new(Policy {
            set: shared(HEADERS.iter().filter(|header| protections.uphold(header.rule))),
            docs: shared(protections.shown.iter().copied()),
            hides_software: protections.uphold(rule::HTTP_SOFTWARE),
            forbids_storing: protections.uphold(rule::HTTP_CACHE),
        }))
    }

    pub(super) fn docs_path(self, path: &'static str) -> Self {
        if self.0.docs.is_empty() {
            return self;
        }
        let docs = shared(self.0.docs.iter().copied().chain([path]));
        Self(Arc::new(Policy { docs, ..(*self.0).clone() }))
    }
}

impl Policy {
    fn apply(&self, headers: &mut HeaderMap, is_docs: bool) {
        headers.reserve(self.set.len() + 1);
        for SecurityHeader { name, value, force, .. } in self.set.iter() {
            let skipped = is_docs && *name == CONTENT_SECURITY_POLICY;
            if *force == Force::Always || !skipped && !headers.contains_key(name) {
                headers.insert(name, value.clone());
            }
        }
        if self.hides_software {
            headers.remove(SERVER);
            headers.remove(&POWERED_BY);
        }
        // A response with a validator or an expiry was meant to be stored.
        if self.forbids_storing
            && ![CACHE_CONTROL, ETAG, LAST_MODIFIED, EXPIRES].iter().any(|name| headers.contains_key(name))
        {
            headers.insert(CACHE_CONTROL, table::NO_STORE.clone());
        }
    }
}

static POWERED_BY: HeaderName = HeaderName::from_static("x-powered-by");

impl<S> Layer<S> for SecurityHeaders {
    type Service = SecurityHeadersService<S>;

    fn layer(&self, inner: S) -> SecurityHeadersService<S> {
        SecurityHeadersService { inner, policy: Arc::clone(&self.0) }
    }
}

/// The service of [`SecurityHeaders`].
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

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Q>) -> Self::Future {
        let is_docs = is_below(request.uri().path(), &self.policy.docs);
        WithHeaders { future: self.inner.call(request), policy: Arc::clone(&self.policy), is_docs }
    }
}

pin_project! {
    /// The response of a service, with the security headers.
    #[derive(Debug)]
    pub struct WithHeaders<F> {
        #[pin]
        future: F,
        policy: Arc<Policy>,
        is_docs: bool,
    }
}

impl<F, B, E> Future for WithHeaders<F>
where
    F: Future<Output = Result<Response<B>, E>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let outcome = ready!(this.future.poll(context));
        Poll::Ready(outcome.map(|mut response| {
            this.policy.apply(response.headers_mut(), *this.is_docs);
            response
        }))
    }
}
