//! The tower layer, its service and its response future: a thin shell around the decision.

use std::{
    future::Future,
    mem,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use arc_swap::ArcSwap;
use http::{HeaderMap, Method, Request, Response};
use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

use super::{
    CorsPolicy,
    compiled::Compiled,
    decision::{Decision, Forward, Preflight},
};

impl CorsPolicy {
    /// Returns a tower layer that applies the policy. Put it outside everything that can respond, such as
    /// authentication, limits, timeouts and panic handlers, so that pages can read those responses too.
    pub fn layer(&self) -> CorsLayer {
        CorsLayer::fixed(self)
    }
}

/// A tower layer that applies a policy to a service: see [`CorsPolicy::layer`] and
/// [`LiveCors::layer`](super::LiveCors::layer).
///
/// ```
/// # use hardened::{Tier, cors::CorsPolicy};
/// # use tower_layer::Layer;
/// # struct Service;
/// # let policy = CorsPolicy::builder().allow_origins(["https://app.example.com"]).build(Tier::Production)?;
/// let service = policy.layer().layer(Service);
/// # Ok::<(), hardened::Refusal>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "a layer does nothing until it wraps a service"]
pub struct CorsLayer(Source);

/// The source of the policy. It must be cheap to clone because axum clones the whole stack for each request.
#[derive(Debug, Clone)]
enum Source {
    Fixed(Arc<Compiled>),
    Live(Arc<ArcSwap<Compiled>>),
}

impl CorsLayer {
    fn fixed(policy: &CorsPolicy) -> Self {
        Self(Source::Fixed(Arc::clone(&policy.0)))
    }

    pub(super) fn live(policy: Arc<ArcSwap<Compiled>>) -> Self {
        Self(Source::Live(policy))
    }
}

impl<S> Layer<S> for CorsLayer {
    type Service = CorsService<S>;

    fn layer(&self, inner: S) -> CorsService<S> {
        CorsService::new(inner, self.0.clone())
    }
}

impl Source {
    #[inline]
    fn decide(&self, method: &Method, headers: &HeaderMap) -> Decision {
        match self {
            Self::Fixed(policy) => policy.decide_http(method, headers),
            Self::Live(policy) => policy.load().decide_http(method, headers),
        }
    }
}

/// A service with a policy applied by [`CorsLayer`](super::CorsLayer).
///
/// The response body of the inner service must implement `Default`, which supplies the empty body of a preflight
/// response. The future is not boxed, and the error type is that of the inner service.
#[derive(Debug, Clone)]
pub struct CorsService<S> {
    inner: S,
    policy: Source,
}

impl<S> CorsService<S> {
    fn new(inner: S, policy: Source) -> Self {
        Self { inner, policy }
    }

    /// Returns the inner service.
    pub fn get_ref(&self) -> &S {
        &self.inner
    }

    /// Returns a mutable reference to the inner service.
    pub fn get_mut(&mut self) -> &mut S {
        &mut self.inner
    }

    /// Consumes this and returns the inner service.
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

pin_project! {
    /// The response future of a [`CorsService`](super::CorsService).
    #[derive(Debug)]
    pub struct ResponseFuture<F> {
        #[pin]
        kind: Kind<F>,
    }
}

pin_project! {
    #[project = Projected]
    #[derive(Debug)]
    enum Kind<F> {
        Forward { #[pin] future: F, forward: Forward },
        Preflight { preflight: Option<Preflight> },
    }
}

impl<F> ResponseFuture<F> {
    fn forward(future: F, forward: Forward) -> Self {
        Self { kind: Kind::Forward { future, forward } }
    }

    fn preflight(preflight: Preflight) -> Self {
        Self { kind: Kind::Preflight { preflight: Some(preflight) } }
    }
}

impl<F, B, E> Future for ResponseFuture<F>
where
    F: Future<Output = Result<Response<B>, E>>,
    B: Default,
{
    type Output = Result<Response<B>, E>;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project().kind.project() {
            Projected::Forward { future, forward } => {
                let mut response = ready!(future.poll(context))?;
                mem::replace(forward, Forward::CLOSED).apply(response.headers_mut());
                Poll::Ready(Ok(response))
            }
            // When polled after completion, it answers with a denial: it neither panics nor hangs.
            Projected::Preflight { preflight } => {
                Poll::Ready(Ok(preflight.take().unwrap_or_else(Preflight::denied).into_response()))
            }
        }
    }
}
