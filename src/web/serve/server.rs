//! What all connections of a service share.

use std::sync::Arc;

use http::{HeaderMap, Method, Request, Uri, Version, header::HOST};
use http_body::Body;

use super::{
    refusal::Refusal,
    seats::{Seat, Seats},
};
use crate::{
    Http,
    listen::{GRPC_HEALTH_PATHS, HEALTH_PATHS, limits::Limits},
};

/// The limits, and what is taken of them.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) limits: Limits,
    requests: Arc<Seats>,
    /// Health checks have places of their own.
    checks: Arc<Seats>,
}

impl Server {
    pub(super) fn new(http: &Http) -> Self {
        let limits = http.limits;
        Self { limits, requests: Seats::new(limits.max_requests()), checks: Seats::new(limits.max_requests()) }
    }

    /// Whether a request is answered by the service, and its place among those that are.
    pub(super) fn admit<B: Body>(&self, request: &Request<B>, is_reserved: bool) -> Result<Seat, Refusal> {
        let is_check = is_health_check(request.method(), request.uri());
        if !names_one_host(request.version(), request.headers()) {
            return Err(Refusal::Host);
        }
        if request.headers().len() > self.limits.max_headers() {
            return Err(Refusal::Headers);
        }
        if request.body().size_hint().lower() > self.limits.max_body_bytes() {
            return Err(Refusal::Body);
        }
        if is_reserved && !is_check {
            return Err(Refusal::Reserved);
        }
        let seats = if is_check { &self.checks } else { &self.requests };
        seats.take().ok_or(Refusal::Busy)
    }
}

fn is_health_check(method: &Method, uri: &Uri) -> bool {
    match *method {
        Method::GET | Method::HEAD => HEALTH_PATHS.contains(&uri.path()),
        Method::POST => GRPC_HEALTH_PATHS.contains(&uri.path()),
        _ => false,
    }
}

/// A request of HTTP/1.1 has one `Host`, and no other has several (RFC 9112 §3.2): of two, proxies choose differently.
fn names_one_host(version: Version, headers: &HeaderMap) -> bool {
    match headers.get_all(HOST).iter().count() {
        0 => version != Version::HTTP_11,
        count => count == 1,
    }
}

#[cfg(test)]
mod tests {
    use http_body::{Frame, SizeHint};

    use super::*;

    #[test]
    fn a_request_names_one_host() {
        for (version, hosts, allowed) in [
            (Version::HTTP_11, &[][..], false),
            (Version::HTTP_11, &["a.example"], true),
            (Version::HTTP_11, &["a.example", "a.example"], false),
            (Version::HTTP_10, &[], true),
            (Version::HTTP_10, &["a.example"], true),
            (Version::HTTP_10, &["a.example", "b.example"], false),
            (Version::HTTP_2, &[], true),
            (Version::HTTP_2, &["a.example"], true),
            (Version::HTTP_2, &["a.example", "b.example"], false),
        ] {
            let mut headers = HeaderMap::new();
            for host in hosts {
                headers.append(HOST, host.parse().unwrap());
            }
            assert_eq!(names_one_host(version, &headers), allowed, "{version:?} {hosts:?}");
        }
    }

    #[test]
    fn a_health_check_reads_and_names_the_path_exactly() {
        for (method, path, is_check) in [
            (Method::GET, "/livez", true),
            (Method::HEAD, "/readyz", true),
            (Method::GET, "/health?verbose", true),
            (Method::POST, "/livez", false),
            (Method::POST, "/grpc.health.v1.Health/Check", true),
            (Method::POST, "/grpc.health.v1.Health/Watch", true),
            (Method::GET, "/grpc.health.v1.Health/Check", false),
            (Method::GET, "/livez/", false),
            (Method::GET, "/", false),
        ] {
            assert_eq!(is_health_check(&method, &Uri::from_static(path)), is_check, "{method} {path}");
        }
    }

    /// A body of a length.
    struct Sized(u64);

    impl Body for Sized {
        type Data = bytes::Bytes;
        type Error = std::convert::Infallible;

        fn poll_frame(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<Frame<bytes::Bytes>, Self::Error>>> {
            std::task::Poll::Ready(None)
        }

        fn size_hint(&self) -> SizeHint {
            SizeHint::with_exact(self.0)
        }
    }

    #[test]
    fn a_request_is_admitted_within_the_limits_and_health_checks_beyond_them() {
        let environment = crate::Environment::empty().set("HTTP_MAX_REQUESTS", "1").set("HTTP_MAX_BODY_BYTES", "9");
        let http = crate::Loader::new().environment(environment).load::<Http>().unwrap();
        let server = Server::new(&http);
        let ask = |path: &'static str, length, is_reserved| {
            let request = Request::get(path).header(HOST, "a.example").body(Sized(length)).unwrap();
            server.admit(&request, is_reserved)
        };
        assert_eq!(ask("/", 10, false).err(), Some(Refusal::Body));
        assert_eq!(ask("/", 0, true).err(), Some(Refusal::Reserved));
        let first = ask("/", 9, false);
        assert!(first.is_ok());
        assert_eq!(ask("/", 0, false).err(), Some(Refusal::Busy));
        assert!(ask("/livez", 0, false).is_ok());
        assert!(ask("/livez", 0, true).is_ok());
        drop(first);
        assert!(ask("/", 0, false).is_ok());
    }
}
