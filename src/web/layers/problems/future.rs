//! The response future, which replaces server errors and catches panics.

use std::{
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use http_body::Body;
use pin_project_lite::pin_project;

use super::{
    body::ProblemBody,
    call, document,
    id::Id,
    log::{self, Asked},
};
use crate::layers::KeepBody;

/// How server errors are handled.
#[derive(Debug, Clone, Copy)]
pub(super) struct Policy {
    pub(super) replaces: bool,
    pub(super) logs_bodies: bool,
}

pin_project! {
    /// A response future that removes the text of errors.
    #[derive(Debug)]
    pub struct Guarded<F> {
        // `None` if the service panicked before it returned a future, or while its future ran.
        #[pin]
        future: Option<F>,
        asked: Asked,
        policy: Policy,
    }
}

impl<F> Guarded<F> {
    pub(super) fn new(future: Option<F>, asked: Asked, policy: Policy) -> Self {
        Self { future, asked, policy }
    }
}

impl<F, B, E> Future for Guarded<F>
where
    F: Future<Output = Result<Response<B>, E>>,
    B: Body,
    B::Data: From<Bytes>,
{
    type Output = Result<Response<ProblemBody<B>>, E>;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let Some(future) = this.future.as_mut().as_pin_mut() else {
            return Poll::Ready(Ok(of_a_panic(this.asked)));
        };
        // After a panic the future is dropped and never polled again.
        let Ok(polled) = catch_unwind(AssertUnwindSafe(|| future.poll(context))) else {
            this.future.set(None);
            return Poll::Ready(Ok(of_a_panic(this.asked)));
        };
        let response = ready!(polled)?;
        let hides = this.policy.replaces && response.extensions().get::<KeepBody>().is_none();
        Poll::Ready(Ok(if hides && response.status().is_server_error() {
            replaced(response, this.asked, *this.policy, context)
        } else if hides && this.asked.is_call {
            concealed(response, this.asked)
        } else {
            response.map(ProblemBody::inner)
        }))
    }
}

fn of_a_panic<B: Body>(asked: &Asked) -> Response<ProblemBody<B>> {
    let (id, status) = (Id::new(), StatusCode::INTERNAL_SERVER_ERROR);
    log::panicked(&id, asked);
    if asked.is_call {
        return call::ended(status, &id);
    }
    let mut response = Response::new(ProblemBody::from(document::of(status, &id)));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(document::CONTENT_TYPE));
    response
}

fn replaced<B>(
    response: Response<B>,
    asked: &Asked,
    policy: Policy,
    context: &mut Context<'_>,
) -> Response<ProblemBody<B>>
where
    B: Body,
    B::Data: From<Bytes>,
{
    let id = Id::new();
    let (mut head, body) = response.into_parts();
    log::replaced(&id, asked, head.status);
    if policy.logs_bodies {
        log::body(&id, body, context);
    }
    if asked.is_call {
        return call::ended(head.status, &id);
    }
    describe_anew(&mut head.headers);
    let body = ProblemBody::from(document::of(head.status, &id));
    Response::from_parts(head, body)
}

/// Conceals the error of a call, whose status is in the headers or in the trailers after the body.
fn concealed<B>(response: Response<B>, asked: &Asked) -> Response<ProblemBody<B>> {
    let (mut head, body) = response.into_parts();
    call::conceal(&mut head.headers, asked);
    Response::from_parts(head, ProblemBody::call(body, asked.clone()))
}

/// Removes the headers that described the old body (RFC 9110 §8), and sets the new content type.
fn describe_anew(headers: &mut HeaderMap<HeaderValue>) {
    for name in [
        header::ACCEPT_RANGES,
        header::CONTENT_DISPOSITION,
        header::CONTENT_ENCODING,
        header::CONTENT_LANGUAGE,
        header::CONTENT_LENGTH,
        header::CONTENT_LOCATION,
        header::CONTENT_RANGE,
        header::ETAG,
        header::LAST_MODIFIED,
        header::TRAILER,
        header::TRANSFER_ENCODING,
    ] {
        headers.remove(name);
    }
    for name in ["content-digest", "content-md5", "digest", "repr-digest", "server-timing"] {
        headers.remove(name);
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(document::CONTENT_TYPE));
}
