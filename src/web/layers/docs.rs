//! Hides API documentation behind a 404.

use std::task::{Context, Poll};

use http::{Request, Response, StatusCode};
use tower_layer::Layer;
use tower_service::Service;

use super::{answered::Answered, path::Prefixes, refused::Refused};
use crate::listen::Protections;

/// Answers requests for API documentation with 404 and no body, as if the path did not exist, if the rule `docs-public`
/// binds: in Preview and Production, unless waived. It hides every path that a router or proxy could read as that of
/// the documentation (`//docs`, `/%64ocs`) or that passes through it (`/docs/..`).
///
/// The subject of a waiver is `http`, for all paths, or one path: `loader.waive(rule::DOCS_PUBLIC, "/docs", "…")`.
///
/// It does not know about documentation at other paths; name them with
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

    /// Decides by the path of a request. The error is the status of the refusal.
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
