//! The answer to come.

use std::{
    future::Future,
    mem,
    pin::Pin,
    task::{Context, Poll, ready},
};

use http::Response;
use pin_project_lite::pin_project;

use super::{Forward, Preflight};

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
    pub(super) fn forward(future: F, forward: Forward) -> Self {
        Self { kind: Kind::Forward { future, forward } }
    }

    pub(super) fn preflight(preflight: Preflight) -> Self {
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
            // One that is polled after its end answers again, denied: it neither panics nor waits for ever.
            Projected::Preflight { preflight } => {
                Poll::Ready(Ok(preflight.take().unwrap_or_else(Preflight::denied).into_response()))
            }
        }
    }
}
