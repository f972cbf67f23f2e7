//! Documentation of the interface that answers 404.

use std::task::{Context, Poll};

use http::{Request, Response, StatusCode};
use tower_layer::Layer;
use tower_service::Service;

use super::{answered::Answered, path::Prefixes, refused::Refused};
use crate::listen::Protections;

/// Answers 404 with no body, as to a path that does not exist, where the documentation of the interface is and the rule
/// `docs-public` binds: in Preview and Production, unless waived. Hidden is every path that a router or proxy could take
/// for documentation, or that passes it on the way (`//docs`, `/%64ocs`, `/docs/..`).
///
/// A waiver names either `http`, for all paths, or one of them: `loader.waive(rule::DOCS_PUBLIC, "/docs", "…")`.
///
/// What it cannot guarantee: documentation at another path is not known; name it with
/// [`HttpLayer::docs_path`](super::HttpLayer::docs_path).
#[derive(Debug, Clone)]
pub struct DocsGate {
    hidden: Prefixes,
    binds: bool,
}

impl DocsGate {
    pub(super) fn new(protections: &Protections) -> Self {
        Self { hidden: Prefixes::new(protections.hidden.iter().copied()), binds: !protections.hidden.is_empty() }
    }

    pub(super) fn path(mut self, path: &'static str) -> Self {
        if self.binds {
            self.hidden = self.hidden.and(path);
        }
        self
    }

    /// Judges a request by its path. The error is the status that refuses it.
    pub(super) fn judge(&self, path: &str) -> Result<(), StatusCode> {
        judge(path, &self.hidden)
    }
}

fn judge(path: &str, hidden: &Prefixes) -> Result<(), StatusCode> {
    if hidden.could_have(path) { Err(StatusCode::NOT_FOUND) } else { Ok(()) }
}

impl<S> Layer<S> for DocsGate {
    type Service = DocsGateService<S>;

    fn layer(&self, inner: S) -> DocsGateService<S> {
        DocsGateService { inner, hidden: self.hidden.clone() }
    }
}

/// The tower service of [`DocsGate`].
#[derive(Debug, Clone)]
pub struct DocsGateService<S> {
    inner: S,
    hidden: Prefixes,
}

impl<S, Q, B> Service<Request<Q>> for DocsGateService<S>
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
        match judge(request.uri().path(), &self.hidden) {
            Err(status) => Answered::here(Refused::new(status, &request)),
            Ok(()) => Answered::by(self.inner.call(request)),
        }
    }
}
