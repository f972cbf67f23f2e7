//! A response future for layers that can answer without calling the service.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

use http::{
    HeaderValue, Response, StatusCode,
    header::{CACHE_CONTROL, LOCATION},
};
use pin_project_lite::pin_project;

use super::refused::Refused;

pin_project! {
    /// A response future that returns the service's response or an empty one of this library.
    #[derive(Debug)]
    pub struct Answered<F> {
        #[pin]
        kind: Kind<F>,
    }
}

pin_project! {
    #[derive(Debug)]
    #[project = KindProjection]
    enum Kind<F> {
        Inner { #[pin] future: F },
        Here { refused: Refused },
        Elsewhere { location: Option<HeaderValue> },
    }
}

impl<F> Answered<F> {
    pub(super) fn by(future: F) -> Self {
        Self { kind: Kind::Inner { future } }
    }

    pub(super) fn here(refused: Refused) -> Self {
        Self { kind: Kind::Here { refused } }
    }

    /// Answers with a redirect that no cache may keep, because the next request may not need it.
    pub(super) fn elsewhere(location: HeaderValue) -> Self {
        Self { kind: Kind::Elsewhere { location: Some(location) } }
    }
}

impl<F, B, E> Future for Answered<F>
where
    F: Future<Output = Result<Response<B>, E>>,
    B: Default,
{
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(match self.project().kind.project() {
            KindProjection::Inner { future } => ready!(future.poll(context)),
            KindProjection::Here { refused } => Ok(refused.response()),
            KindProjection::Elsewhere { location } => {
                let mut response = Response::new(B::default());
                *response.status_mut() = StatusCode::PERMANENT_REDIRECT;
                let headers = response.headers_mut();
                headers.extend(location.take().map(|location| (LOCATION, location)));
                headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
                Ok(response)
            }
        })
    }
}
