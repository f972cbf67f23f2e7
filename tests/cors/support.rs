//! What several of the tests need.

use std::{
    convert::Infallible,
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
};

use hardened::{
    Tier,
    cors::{CorsPolicy, Decision},
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response};
use tower::{Layer, ServiceExt};

/// Runs a future to its end.
pub(crate) fn run<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// Headers from text and bytes.
pub(crate) fn headers<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> HeaderMap {
    let mut map = HeaderMap::new();
    for (name, value) in pairs {
        map.append(HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_bytes(value).unwrap());
    }
    map
}

/// What one header has, on one line.
pub(crate) fn all(headers: &HeaderMap, name: &str) -> Vec<String> {
    headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect()
}

/// Whether any header of the protocol is there.
pub(crate) fn has_protocol(headers: &HeaderMap) -> bool {
    headers.keys().any(|name| name.as_str().starts_with("access-control-"))
}

/// A policy that must be one.
pub(crate) fn policy(origins: &[&str]) -> CorsPolicy {
    CorsPolicy::builder().allow_origins(origins).build(Tier::Production).unwrap()
}

/// The headers of the answer to a request of the service.
pub(crate) fn forwarded(policy: &CorsPolicy, method: Method, request: &HeaderMap) -> HeaderMap {
    let mut answer = HeaderMap::new();
    match policy.decide(&method, request) {
        Decision::Forward(forward) => forward.apply(&mut answer),
        Decision::Preflight(_) => panic!("is a preflight"),
    }
    answer
}

/// Sends one request through a layer, to a service that answers with fixed headers.
pub(crate) fn send<L>(layer: &L, request: Request<()>, answer: &HeaderMap) -> Response<String>
where
    L: Layer<Fixed>,
    L::Service: tower::Service<Request<()>, Response = Response<String>, Error = Infallible>,
{
    let mut answer = pin!(layer.layer(Fixed(answer.clone())).oneshot(request));
    match answer.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer.unwrap(),
        Poll::Pending => panic!("waits for nothing"),
    }
}

/// Answers everything with 201, the given headers, and a body.
#[derive(Clone)]
pub(crate) struct Fixed(HeaderMap);

impl tower::Service<Request<()>> for Fixed {
    type Response = Response<String>;
    type Error = Infallible;
    type Future = std::future::Ready<Result<Response<String>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<()>) -> Self::Future {
        let mut response = Response::new("the service".to_owned());
        *response.status_mut() = http::StatusCode::CREATED;
        *response.headers_mut() = self.0.clone();
        std::future::ready(Ok(response))
    }
}
