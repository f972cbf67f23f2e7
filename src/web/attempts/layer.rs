//! The layer that counts requests as attempts.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use http::{HeaderMap, HeaderName, HeaderValue, Request, Response};
use tower_layer::Layer;
use tower_service::Service;

use super::{
    answer::{TooManyAttempts, seconds},
    limit::AttemptLimit,
    store::{Attempt, AttemptStore, Quota},
};
use crate::{
    layers::{ClientAddress, ProblemBody},
    web::grpc,
};

/// Counts each request as an attempt of its client: see [`AttemptLimit::layer`].
///
/// Responses carry `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10), with one item for each
/// limit that applied to the request.
#[derive(Debug)]
pub struct AttemptLayer<S>(AttemptLimit<S>);

impl<S> AttemptLimit<S> {
    /// Returns the layer that counts every request as an attempt of its client, and answers 429 to one too many. A gRPC
    /// call gets the status `RESOURCE_EXHAUSTED`.
    #[must_use]
    pub fn layer(&self) -> AttemptLayer<S> {
        AttemptLayer(self.clone())
    }
}

impl<S> Clone for AttemptLayer<S> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<S, I> Layer<I> for AttemptLayer<S> {
    type Service = AttemptService<S, I>;

    fn layer(&self, inner: I) -> Self::Service {
        AttemptService { limit: self.0.clone(), inner }
    }
}

/// The tower service of [`AttemptLayer`].
#[derive(Debug)]
pub struct AttemptService<S, I> {
    limit: AttemptLimit<S>,
    inner: I,
}

impl<S, I: Clone> Clone for AttemptService<S, I> {
    fn clone(&self) -> Self {
        Self { limit: self.limit.clone(), inner: self.inner.clone() }
    }
}

/// The response future of the service.
type Answering<B, E> = Pin<Box<dyn Future<Output = Result<Response<ProblemBody<B>>, E>> + Send>>;

impl<S, I, Q, B> Service<Request<Q>> for AttemptService<S, I>
where
    S: AttemptStore,
    I: Service<Request<Q>, Response = Response<B>> + Clone + Send + 'static,
    I::Future: Send,
    Q: Send + 'static,
{
    type Response = Response<ProblemBody<B>>;
    type Error = I::Error;
    type Future = Answering<B, I::Error>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), I::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Q>) -> Self::Future {
        let (limit, is_call) = (self.limit.clone(), grpc::calls(&request));
        // This instance is ready; its clone may not be.
        let ready = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, ready);
        Box::pin(async move {
            let client = request.extensions().get::<ClientAddress>().copied();
            let counted = limit.client(client).await;
            let mut response = match counted {
                Some(Attempt::Refused { wait }) if is_call => TooManyAttempts { wait }.end_of_call(),
                Some(Attempt::Refused { wait }) => TooManyAttempts { wait }.response(),
                Some(Attempt::Allowed { .. }) | None => inner.call(request).await?.map(ProblemBody::inner),
            };
            if let Some(attempt) = counted {
                tell(limit.name(), limit.per_client(), attempt, response.headers_mut());
            }
            Ok(response)
        })
    }
}

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const STATE: HeaderName = HeaderName::from_static("ratelimit");

/// Adds the limit and what remains of it to the header lists, which may already contain items of other limits.
fn tell(name: &str, quota: Quota, attempt: Attempt, headers: &mut HeaderMap) {
    let name: String = name.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
    let policy = format!("\"{name}\";q={};w={}", quota.attempts, seconds(quota.window));
    let state = match attempt {
        Attempt::Allowed { remaining } => format!("\"{name}\";r={remaining}"),
        Attempt::Refused { wait } => format!("\"{name}\";r=0;t={}", seconds(wait)),
    };
    for (header, text) in [(POLICY, policy), (STATE, state)] {
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.append(header, value);
        }
    }
}
