//! The tower service that answers health checks.

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

use super::body::HealthBody;
use super::{Health, document::Form};
use crate::layers::KeepBody;

/// The question that an endpoint answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    /// Whether the service works, including its database.
    Deep,
    /// Whether the process is alive.
    Live,
    /// Whether the service should get requests.
    Ready,
}

impl Health {
    /// Returns the service for `/health`: it checks the database and the optional dependencies.
    #[must_use]
    pub fn healthz(&self) -> HealthService {
        HealthService::new(self.clone(), Question::Deep)
    }

    /// Returns the service for `/livez`. It never checks dependencies: an orchestrator that restarts on a database
    /// outage turns one failure into two.
    #[must_use]
    pub fn livez(&self) -> HealthService {
        HealthService::new(self.clone(), Question::Live)
    }

    /// Returns the service for `/readyz`: like `/health`, but 503 as soon as the service [drains](Self::drain) or a
    /// [`Stop`](crate::layers::Stop) in the request's extensions says that it does.
    #[must_use]
    pub fn readyz(&self) -> HealthService {
        HealthService::new(self.clone(), Question::Ready)
    }
}

/// Answers `GET` and `HEAD`, as a tower service. With axum: `Router::route_service("/health", health.healthz())`.
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
    type Response = Response<HealthBody>;
    type Error = Infallible;
    type Future = HealthFuture;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> HealthFuture {
        let (health, question) = (self.health.clone(), self.question);
        let asks = matches!(*request.method(), Method::GET | Method::HEAD);
        let form = form(request.headers());
        let drains = health.stops(request.extensions());
        HealthFuture(Box::pin(async move {
            Ok(if asks { answer(&health, question, drains, form).await } else { refused() })
        }))
    }
}

async fn answer(health: &Health, question: Question, drains: bool, form: Form) -> Response<HealthBody> {
    match question {
        Question::Live => response(StatusCode::OK, form, form.short(None)),
        Question::Ready if drains => response(StatusCode::SERVICE_UNAVAILABLE, form, form.short(Some("shutting-down"))),
        Question::Ready | Question::Deep => {
            let outcome = health.outcome().await;
            let status = if outcome.is_healthy() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
            response(status, form, form.long(&outcome, health.0.tier))
        }
    }
}

fn response(status: StatusCode, form: Form, document: String) -> Response<HealthBody> {
    let mut response = Response::new(HealthBody::from(document));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(form.content_type()));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.extensions_mut().insert(KeepBody);
    response
}

fn refused() -> Response<HealthBody> {
    let mut response = Response::new(HealthBody::default());
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Returns the format that the client prefers (RFC 9110 §12.5.1). If it prefers neither, it gets the standard format
/// only if it names that one: `*/*` gets the plain format.
fn form(headers: &HeaderMap) -> Form {
    let values = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let ranges: Vec<_> = values.flat_map(|text| text.split(',')).filter_map(Range::parse).collect();
    let [plain, standard] = [Form::Plain, Form::Standard].map(|form| weight(&ranges, form));
    let is_named = ranges.iter().any(|range| range.matches(Form::Standard) == Some(Precision::Named));
    let is_wanted = standard > plain || standard == plain && standard > 0 && is_named;
    if is_wanted { Form::Standard } else { Form::Plain }
}

/// Returns how much a client wants a format: the weight of the most precise range that matches, in thousandths.
fn weight(ranges: &[Range<'_>], form: Form) -> u16 {
    let matching = ranges.iter().filter_map(|range| Some((range.matches(form)?, range.weight)));
    matching.max_by_key(|(precision, _)| *precision).map_or(0, |(_, weight)| weight)
}

/// One media range of `Accept`.
struct Range<'a> {
    name: &'a str,
    weight: u16,
}

/// How precisely a range names a media type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Precision {
    Anything,
    Application,
    Named,
}

impl<'a> Range<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let name = parts.next().filter(|name| !name.is_empty())?;
        let given = parts.find_map(|parameter| parameter.strip_prefix("q=").or_else(|| parameter.strip_prefix("Q=")));
        Some(Self { name, weight: given.map_or(1000, thousandths) })
    }

    fn matches(&self, form: Form) -> Option<Precision> {
        if self.name.eq_ignore_ascii_case(form.content_type()) {
            Some(Precision::Named)
        } else if self.name.eq_ignore_ascii_case("application/*") {
            Some(Precision::Application)
        } else {
            (self.name == "*/*").then_some(Precision::Anything)
        }
    }
}

/// Parses a weight (RFC 9110 §12.4.2): `0` to `1`, with at most three decimals. A malformed weight counts as 1.
fn thousandths(text: &str) -> u16 {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let is_weight =
        matches!(whole, "0" | "1") && decimals.len() <= 3 && decimals.bytes().all(|digit| digit.is_ascii_digit());
    match format!("{decimals:0<3}").parse::<u16>() {
        Ok(fraction) if is_weight && whole == "0" => fraction,
        _ => 1000,
    }
}

/// The response future of a [`HealthService`].
pub struct HealthFuture(Pin<Box<dyn Future<Output = Result<Response<HealthBody>, Infallible>> + Send>>);

impl Future for HealthFuture {
    type Output = Result<Response<HealthBody>, Infallible>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl fmt::Debug for HealthFuture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HealthFuture(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_the_one_that_the_client_wants_more() {
        for (accept, form) in [
            (&[][..], Form::Plain),
            (&["*/*"], Form::Plain),
            (&["application/*"], Form::Plain),
            (&["text/html"], Form::Plain),
            (&["application/json"], Form::Plain),
            (&["application/health+json"], Form::Standard),
            (&["Application/Health+JSON"], Form::Standard),
            (&["application/health+json, */*"], Form::Standard),
            (&["application/json", "application/health+json"], Form::Standard),
            (&["application/health+json;q=0.1, application/json"], Form::Plain),
            (&["application/health+json;q=0.1, application/json;q=0.09"], Form::Standard),
            (&["application/health+json; Q=0.5, */*;q=0.6"], Form::Plain),
            (&["application/health+json;q=0.5, */*;q=0.5"], Form::Standard),
            (&["application/health+json;q=0"], Form::Plain),
            (&["application/health+json;q=0.000, */*"], Form::Plain),
            (&["application/json;q=0, */*"], Form::Standard),
            (&["application/health+json;version=1;q=0.2, application/*;q=0.1"], Form::Standard),
            (&["application/health+json;q=high"], Form::Standard),
            (&[",,"], Form::Plain),
        ] {
            let mut headers = HeaderMap::new();
            for value in accept {
                headers.append(ACCEPT, HeaderValue::from_static(value));
            }
            assert_eq!(super::form(&headers), form, "{accept:?}");
        }
    }
}
