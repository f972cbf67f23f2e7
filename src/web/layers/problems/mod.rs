//! Errors of the server, without their text.

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
/// and an identifier. The log has the same identifier with the method and the path, never the query.
///
/// It does so where the rule `http-error-body` binds: in Preview and Production, unless waived. A response that
/// carries [`KeepBody`](crate::layers::KeepBody) is left as it is. In every tier a panic of the service is answered with 500
/// in the same form; the panic's own text goes to the panic hook, as always.
///
/// A call of gRPC ends with a status instead. Where the rule binds, the message of `UNKNOWN`, `INTERNAL` and `DATA_LOSS` is
/// replaced, since it is what a handler makes of an error that it did not expect; that of other codes is meant to be read.
///
/// Headers that describe the old body are removed (`Content-Length`, `Content-Encoding`, `ETag`, …); the others stay,
/// such as `Retry-After`. Other responses, also streams, are not touched.
///
/// What it cannot guarantee: a header of the service's own may hold the text of an error; a stream that fails after
/// its status was sent is cut off, not replaced; with `panic = "abort"` nothing catches a panic.
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
        // A service that panicked is not used again by this request; whatever it shares is its own business, as when
        // a task of the runtime panics.
        let future = catch_unwind(AssertUnwindSafe(|| self.inner.call(request)));
        Guarded::new(future.ok(), asked, self.policy)
    }
}
