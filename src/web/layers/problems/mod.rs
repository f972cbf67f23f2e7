//! Removes the text of server errors from responses.

mod body;
mod call;
mod document;
mod future;
mod id;
mod log;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    task::{Context, Poll},
};

use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;
use tower_layer::Layer;
use tower_service::Service;

pub(in crate::web) use self::document::CONTENT_TYPE;
pub use self::{body::ProblemBody, future::Guarded};
use self::{future::Policy, log::Asked};
use crate::{listen::Protections, rule};

/// Replaces the body of every 5xx response with `application/problem+json` (RFC 9457), which contains only the status
/// and an identifier. The log has the same identifier with the method and the path, but never the query.
///
/// It does so if the rule `http-error-body` binds: in Preview and Production, unless waived. A response that carries
/// [`KeepBody`](crate::layers::KeepBody) is left as it is. In every tier, a panic of the service is answered with 500
/// in the same form; the text of the panic goes to the panic hook, as usual.
///
/// A gRPC call ends with a status instead. If the rule binds, the message of `UNKNOWN`, `INTERNAL` and `DATA_LOSS` is
/// replaced, because handlers return these codes for unexpected errors; the message of other codes is meant to be read.
///
/// Headers that describe the old body (`Content-Length`, `Content-Encoding`, `ETag`, …) are removed; others, such as
/// `Retry-After`, stay. Other responses, including streams, are not touched.
///
/// It cannot find the text of an error in a header of the service. A stream that fails after its status was sent is cut
/// off, not replaced. With `panic = "abort"`, panics are not caught.
#[derive(Debug, Clone, Copy)]
pub struct Problems(Policy);

impl Problems {
    pub(super) fn new(protections: &Protections) -> Self {
        Self(Policy { replaces: protections.uphold(rule::HTTP_ERROR_BODY), logs_bodies: false })
    }

    pub(super) fn log_replaced_bodies(mut self) -> Self {
        self.0.logs_bodies = true;
        self
    }
}

impl<S> Layer<S> for Problems {
    type Service = ProblemsService<S>;

    fn layer(&self, inner: S) -> ProblemsService<S> {
        ProblemsService { inner, policy: self.0 }
    }
}

/// The tower service of [`Problems`].
#[derive(Debug, Clone)]
pub struct ProblemsService<S> {
    inner: S,
    policy: Policy,
}

impl<S, Q, B> Service<Request<Q>> for ProblemsService<S>
where
    S: Service<Request<Q>, Response = Response<B>>,
    B: Body,
    B::Data: From<Bytes>,
{
    type Response = Response<ProblemBody<B>>;
    type Error = S::Error;
    type Future = Guarded<S::Future>;

    #[inline]
    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    #[inline]
    fn call(&mut self, request: Request<Q>) -> Self::Future {
        let asked = Asked::of(&request);
        // This request does not use a service again that panicked. Its shared state is its own concern, as when a task
        // of the runtime panics.
        let future = catch_unwind(AssertUnwindSafe(|| self.inner.call(request)));
        Guarded::new(future.ok(), asked, self.policy)
    }
}
