//! The tower service: a thin shell over the decision.

use std::task::{Context, Poll};

use http::{Request, Response};
use tower_service::Service;

use super::{Decision, ResponseFuture, layer::Source};

/// A service with a policy applied by [`CorsLayer`](super::CorsLayer).
///
/// Needs of the service that the body of its answer has a `Default`, the empty body of a preflight's answer. Adds no
/// box to its future, and no error to its errors.
#[derive(Debug, Clone)]
pub struct CorsService<S> {
    inner: S,
    policy: Source,
}

impl<S> CorsService<S> {
    pub(super) fn new(inner: S, policy: Source) -> Self {
        Self { inner, policy }
    }

    /// Returns the inner service.
    pub fn get_ref(&self) -> &S {
        &self.inner
    }

    /// Returns the inner service.
    pub fn get_mut(&mut self) -> &mut S {
        &mut self.inner
    }

    /// Returns the inner service.
    pub fn into_inner(self) -> S {
        self.inner
    }
}

impl<S, Q, B> Service<Request<Q>> for CorsService<S>
where
    S: Service<Request<Q>, Response = Response<B>>,
    B: Default,
{
    type Response = Response<B>;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future>;

    #[inline]
    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    #[inline]
    fn call(&mut self, request: Request<Q>) -> Self::Future {
        match self.policy.decide(request.method(), request.headers()) {
            Decision::Forward(forward) => ResponseFuture::forward(self.inner.call(request), forward),
            Decision::Preflight(preflight) => ResponseFuture::preflight(preflight),
        }
    }
}
