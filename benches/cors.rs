//! Requests, policies and a service that the benchmark and the count of allocations share.

use std::{
    collections::HashSet,
    convert::Infallible,
    future::{Future, Ready, ready},
    pin::pin,
    task::{Context, Poll, Waker},
};

use hardened::{Tier, cors::CorsPolicy};
use http::{HeaderMap, HeaderValue, Method, Request, Response, header};
use tower_http::cors::{AllowOrigin, CorsLayer};

/// The numbers of origins to measure with.
#[allow(dead_code, reason = "the count of allocations needs none")]
pub(crate) const SIZES: [usize; 5] = [1, 10, 100, 1000, 10_000];

/// The kind of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    Allowed,
    Preflight,
    Denied,
    NoOrigin,
    DeniedPreflight,
    /// An origin of 64 KiB.
    HostileOrigin,
    /// A preflight with a list of 64 KiB.
    HostileList,
}

impl Asked {
    pub(crate) const ALL: [Self; 7] = [
        Self::Allowed,
        Self::Preflight,
        Self::Denied,
        Self::NoOrigin,
        Self::DeniedPreflight,
        Self::HostileOrigin,
        Self::HostileList,
    ];
}

/// A request with the headers that a browser sends. The allowed origin is the last of every list.
pub(crate) fn request(asked: Asked) -> Request<()> {
    let mut request = Request::new(());
    let preflight = matches!(asked, Asked::Preflight | Asked::DeniedPreflight | Asked::HostileList);
    if preflight {
        *request.method_mut() = Method::OPTIONS;
    }
    let headers = request.headers_mut();
    for (name, value) in [
        (header::HOST, "api.example.com"),
        (header::USER_AGENT, "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
        (header::ACCEPT, "application/json"),
        (header::ACCEPT_LANGUAGE, "en-GB,en;q=0.5"),
        (header::ACCEPT_ENCODING, "gzip, deflate, br, zstd"),
        (header::REFERER, "https://app.example.com/"),
        (header::CACHE_CONTROL, "no-cache"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let huge = "a,".repeat(32 * 1024);
    let origin = match asked {
        Asked::NoOrigin => None,
        Asked::Denied | Asked::DeniedPreflight => Some("https://tenant-x.example.net"),
        Asked::HostileOrigin => Some(huge.as_str()),
        _ => Some("https://tenant-0.example.com"),
    };
    if let Some(origin) = origin.and_then(|origin| HeaderValue::from_str(origin).ok()) {
        headers.insert(header::ORIGIN, origin);
    }
    if preflight {
        headers.insert(header::ACCESS_CONTROL_REQUEST_METHOD, HeaderValue::from_static("PUT"));
        let list = if asked == Asked::HostileList { huge.as_str() } else { "content-type,x-request-id" };
        headers.insert(header::ACCESS_CONTROL_REQUEST_HEADERS, HeaderValue::from_str(list).expect("is text"));
    }
    request
}

/// The origins of a policy. Requests send the last one, `tenant-0`, which a linear search finds last.
fn origins(size: usize) -> Vec<String> {
    (0..size).rev().map(|number| format!("https://tenant-{number}.example.com")).collect()
}

const METHODS: [&str; 2] = ["PUT", "DELETE"];
const HEADERS: [&str; 3] = ["content-type", "authorization", "x-request-id"];

pub(crate) fn ours(size: usize) -> CorsPolicy {
    policy(&origins(size))
}

/// One pattern for each tenant; the allowed origin is below one of them.
#[allow(dead_code, reason = "the count of allocations needs only some")]
pub(crate) fn patterns(size: usize) -> CorsPolicy {
    let mut patterns: Vec<_> = (1..size).map(|number| format!("https://*.tenant-{number}.example.org")).collect();
    patterns.push("https://*.example.com".to_owned());
    policy(&patterns)
}

fn policy(origins: &[String]) -> CorsPolicy {
    let policy =
        CorsPolicy::builder().allow_origins(origins).allow_credentials().allow_methods(METHODS).allow_headers(HEADERS);
    policy
        .expose_headers(["etag"])
        .max_age(std::time::Duration::from_secs(600))
        .build(Tier::Production)
        .expect("is a policy")
}

/// tower-http's layer with the same settings.
fn theirs(origins: AllowOrigin) -> CorsLayer {
    CorsLayer::new()
        .allow_origin(origins)
        .allow_credentials(true)
        .allow_methods(METHODS.map(|name| name.parse::<Method>().expect("is a method")))
        .allow_headers(HEADERS.map(http::HeaderName::from_static))
        .expose_headers([header::ETAG])
        .max_age(std::time::Duration::from_secs(600))
}

pub(crate) fn list(size: usize) -> CorsLayer {
    let values = origins(size).into_iter().filter_map(|origin| HeaderValue::try_from(origin).ok());
    theirs(AllowOrigin::list(values))
}

/// tower-http's layer with a set behind a predicate, which is the fastest that it can be.
pub(crate) fn predicate(size: usize) -> CorsLayer {
    let set: HashSet<Vec<u8>> = origins(size).into_iter().map(String::into_bytes).collect();
    theirs(AllowOrigin::predicate(move |origin, _| set.contains(origin.as_bytes())))
}

/// A service that responds at once, with the two headers that every response with a body has.
#[derive(Clone)]
pub(crate) struct Hello;

pub(crate) fn service() -> Hello {
    Hello
}

impl tower::Service<Request<()>> for Hello {
    type Response = Response<&'static str>;
    type Error = Infallible;
    type Future = Ready<Result<Response<&'static str>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<()>) -> Self::Future {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("5"));
        let mut response = Response::new("hello");
        *response.headers_mut() = headers;
        ready(Ok(response))
    }
}

/// Polls a future that never waits, and returns its output.
pub(crate) fn finish<F: Future>(future: F) -> Option<F::Output> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}
