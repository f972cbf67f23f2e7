//! Helpers that several of the tests share.

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

/// Runs a future to completion.
pub(crate) fn run<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// Builds headers from names and bytes.
pub(crate) fn headers<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> HeaderMap {
    let mut map = HeaderMap::new();
    for (name, value) in pairs {
        map.append(HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_bytes(value).unwrap());
    }
    map
}

/// Returns all values of a header, one for each line.
pub(crate) fn all(headers: &HeaderMap, name: &str) -> Vec<String> {
    headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect()
}

/// Returns whether there is any CORS response header.
pub(crate) fn has_protocol(headers: &HeaderMap) -> bool {
    headers.keys().any(|name| name.as_str().starts_with("access-control-"))
}

/// Returns a policy for these origins, which must be valid.
pub(crate) fn policy(origins: &[&str]) -> CorsPolicy {
    CorsPolicy::builder().allow_origins(origins).build(Tier::Production).unwrap()
}

/// Returns the headers that the policy adds to the response to a forwarded request.
pub(crate) fn forwarded(policy: &CorsPolicy, method: Method, request: &HeaderMap) -> HeaderMap {
    let mut answer = HeaderMap::new();
    match policy.decide(&method, request) {
        Decision::Forward(forward) => forward.apply(&mut answer),
        Decision::Preflight(_) => panic!("unexpected preflight"),
    }
    answer
}

/// Sends a request through a layer to a service that responds with fixed headers.
pub(crate) fn send<L>(layer: &L, request: Request<()>, answer: &HeaderMap) -> Response<String>
where
    L: Layer<Fixed>,
    L::Service: tower::Service<Request<()>, Response = Response<String>, Error = Infallible>,
{
    let mut answer = pin!(layer.layer(Fixed(answer.clone())).oneshot(request));
    match answer.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer.unwrap(),
        Poll::Pending => panic!("the future is pending"),
    }
}

/// A service that responds to every request with 201, the given headers and a body.
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
