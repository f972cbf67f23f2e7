//! Targets that answer every request the same way.

use std::sync::{Arc, atomic::AtomicUsize, atomic::Ordering::SeqCst};

use axum::{
    Router,
    body::{Body, Bytes},
    http::{HeaderName, HeaderValue, Request, Response, StatusCode},
};

/// A target that answers everything the same way.
pub(crate) struct Hostile {
    pub(crate) name: &'static str,
    status: u16,
    headers: &'static [(&'static str, &'static str)],
    body: fn() -> Bytes,
}

const NOTHING: fn() -> Bytes = Bytes::new;
const JSON: fn() -> Bytes = || Bytes::from_static(b"{\"items\":[]}");
const PAGE: fn() -> Bytes = || Bytes::from_static(b"<!doctype html><title>Welcome</title><h1>Welcome</h1>");

/// The header value that is replaced by the path of the request.
const SAME: &str = "(the same)";

#[rustfmt::skip]
pub(crate) const ALL: &[Hostile] = &[
    Hostile { name: "always 200", status: 200, headers: &[], body: JSON },
    Hostile { name: "always 201", status: 201, headers: &[], body: JSON },
    Hostile { name: "always 204", status: 204, headers: &[], body: NOTHING },
    Hostile { name: "a redirect to the same path", status: 301, headers: &[("location", SAME)], body: NOTHING },
    Hostile { name: "a redirect to itself", status: 301, headers: &[("location", "/")], body: NOTHING },
    Hostile { name: "a redirect to a sign-in page", status: 302, headers: &[("location", "/login")], body: NOTHING },
    Hostile { name: "always 400", status: 400, headers: &[], body: JSON },
    Hostile { name: "always 401", status: 401, headers: &[("www-authenticate", "Bearer")], body: JSON },
    Hostile { name: "always 403", status: 403, headers: &[], body: JSON },
    Hostile { name: "always 404", status: 404, headers: &[], body: JSON },
    Hostile { name: "always 405", status: 405, headers: &[("allow", "POST")], body: NOTHING },
    Hostile { name: "always 429", status: 429, headers: &[], body: NOTHING },
    Hostile { name: "always 429, to wait long", status: 429, headers: &[("retry-after", "3600")], body: NOTHING },
    Hostile { name: "always 500", status: 500, headers: &[], body: JSON },
    Hostile { name: "always 502", status: 502, headers: &[], body: PAGE },
    Hostile { name: "always 503", status: 503, headers: &[], body: NOTHING },
    Hostile { name: "always 503, to wait long", status: 503, headers: &[("retry-after", "3600")], body: NOTHING },
    Hostile { name: "always a page", status: 200, headers: &[("content-type", "text/html")], body: PAGE },
    Hostile { name: "always an empty body", status: 200, headers: &[], body: NOTHING },
    Hostile { name: "always 10 MB", status: 200, headers: &[], body: || Bytes::from(vec![b'x'; 10_000_000]) },
    Hostile { name: "garbage", status: 200, headers: &[("content-type", "application/json")], body: || Bytes::from_static(b"\xff\xfe\x00{\x80\x80") },
];

impl Hostile {
    /// Returns the target and a counter of its requests.
    pub(crate) fn target(&self) -> (Router, Arc<AtomicUsize>) {
        let count = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&count);
        let (status, headers, body) = (StatusCode::from_u16(self.status).unwrap(), self.headers, (self.body)());
        let router = Router::new().fallback(move |request: Request<Body>| {
            seen.fetch_add(1, SeqCst);
            let mut response = Response::new(Body::from(body.clone()));
            *response.status_mut() = status;
            for (name, value) in headers {
                let value = if *value == SAME { request.uri().path() } else { value };
                response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
            }
            async move { response }
        });
        (router, count)
    }
}
