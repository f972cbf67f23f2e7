//! The answer to a request.

use std::{
    convert::Infallible,
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use http::{
    HeaderMap, HeaderValue, Method, Request, Response, StatusCode,
    header::{ACCEPT, ALLOW, CACHE_CONTROL, CONTENT_TYPE},
};
use tower_service::Service;

use super::{Health, document::Form};
use crate::{KeepBody, answer::OwnBody};

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    /// Whether the service works, with its database.
    Deep,
    /// Whether the process lives.
    Live,
    /// Whether the service should get requests.
    Ready,
}

/// Answers GET and HEAD, as a tower service: with axum, `Router::route_service("/health", health.healthz())`.
#[derive(Debug, Clone)]
pub struct HealthService {
    health: Health,
    question: Question,
}

impl HealthService {
    pub(super) fn new(health: Health, question: Question) -> Self {
        Self { health, question }
    }
}

impl<B> Service<Request<B>> for HealthService {
    type Response = Response<OwnBody>;
    type Error = Infallible;
    type Future = HealthFuture;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> HealthFuture {
        let (health, question) = (self.health.clone(), self.question);
        let asks = matches!(*request.method(), Method::GET | Method::HEAD);
        let form = form(request.headers());
        HealthFuture(Box::pin(async move { Ok(if asks { answer(&health, question, form).await } else { refused() }) }))
    }
}

async fn answer(health: &Health, question: Question, form: Form) -> Response<OwnBody> {
    match question {
        Question::Live => response(StatusCode::OK, form, form.short(None)),
        Question::Ready if health.is_draining() => {
            response(StatusCode::SERVICE_UNAVAILABLE, form, form.short(Some("shutting-down")))
        }
        Question::Ready | Question::Deep => {
            let outcome = health.outcome().await;
            let status = if outcome.is_healthy() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
            response(status, form, form.long(&outcome, health.0.tier))
        }
    }
}

fn response(status: StatusCode, form: Form, document: String) -> Response<OwnBody> {
    let mut response = Response::new(OwnBody::from(document));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(form.content_type()));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.extensions_mut().insert(KeepBody);
    response
}

fn refused() -> Response<OwnBody> {
    let mut response = Response::new(OwnBody::default());
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The standard's form only for who names it.
fn form(headers: &HeaderMap) -> Form {
    let names_it = |range: &str| {
        let mut parts = range.split(';').map(str::trim);
        let is_it = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(Form::Standard.content_type()));
        is_it && !parts.any(|parameter| matches!(parameter, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    };
    let asked = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(','));
    if asked.into_iter().any(names_it) { Form::Standard } else { Form::Plain }
}

/// The response future of a [`HealthService`].
pub struct HealthFuture(Pin<Box<dyn Future<Output = Result<Response<OwnBody>, Infallible>> + Send>>);

impl Future for HealthFuture {
    type Output = Result<Response<OwnBody>, Infallible>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl fmt::Debug for HealthFuture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HealthFuture(..)")
    }
}
