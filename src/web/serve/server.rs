//! The state that all connections of a server share.

use std::sync::Arc;

use http::{
    HeaderMap, Method, Request, Uri, Version,
    header::{COOKIE, HOST, TRANSFER_ENCODING},
};
use http_body::Body;

use super::{
    permits::{Permit, Permits},
    refusal::Refusal,
};
use crate::{
    Http,
    listen::{GRPC_HEALTH_PATHS, HEALTH_PATHS, limits::Limits},
};

/// The limits, and how much of them is used.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) limits: Limits,
    requests: Arc<Permits>,
    /// The permits for health checks, which do not compete with other requests.
    checks: Arc<Permits>,
}

impl Server {
    pub(super) fn new(http: &Http) -> Self {
        let limits = http.limits;
        Self { limits, requests: Permits::new(limits.max_requests()), checks: Permits::new(limits.max_requests()) }
    }

    /// Returns a permit for a request that the service may answer, or the reason to refuse the request.
    pub(super) fn admit<B: Body>(&self, request: &Request<B>, is_reserved: bool) -> Result<Permit, Refusal> {
        let is_check = is_health_check(request.method(), request.uri());
        if !names_one_host(request.version(), request.headers()) {
            return Err(Refusal::Host);
        }
        if request.body().size_hint().exact().is_none() && !is_in_chunks(request.headers()) {
            return Err(Refusal::Encoding);
        }
        if count(request.version(), request.headers()) > self.limits.max_headers() {
            return Err(Refusal::Headers);
        }
        if request.body().size_hint().lower() > self.limits.max_body_bytes() {
            return Err(Refusal::Body);
        }
        if is_reserved && !is_check {
            return Err(Refusal::Reserved);
        }
        let permits = if is_check { &self.checks } else { &self.requests };
        permits.take().ok_or(Refusal::Busy)
    }
}

fn is_health_check(method: &Method, uri: &Uri) -> bool {
    match *method {
        Method::GET | Method::HEAD => HEALTH_PATHS.contains(&uri.path()),
        Method::POST => GRPC_HEALTH_PATHS.contains(&uri.path()),
        _ => false,
    }
}

/// Returns whether a body of unknown length is only chunked. Another encoding before that (`gzip, chunked`) would not
/// be undone, and proxies differ in how they treat it (RFC 9112 §6.1). HTTP/2 has no transfer encodings.
fn is_in_chunks(headers: &HeaderMap) -> bool {
    let mut lines = headers.get_all(TRANSFER_ENCODING).iter();
    let (line, another) = (lines.next(), lines.next());
    another.is_none() && line.is_none_or(|line| line.as_bytes().trim_ascii().eq_ignore_ascii_case(b"chunked"))
}

/// Returns the number of headers of a request. An HTTP/2 client sends each cookie as a separate header; together they
/// count as one (RFC 9113 §8.2.3).
fn count(version: Version, headers: &HeaderMap) -> usize {
    let cookies = if version == Version::HTTP_2 { headers.get_all(COOKIE).iter().count() } else { 0 };
    headers.len() - cookies.saturating_sub(1)
}

/// Returns whether a request has one `Host` header with a valid value, which HTTP/1.1 requires, or at most one in other
/// versions (RFC 9112 §3.2). Proxies differ in which of two they use.
fn names_one_host(version: Version, headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (None, _) => version != Version::HTTP_11,
        (Some(host), None) => host.as_bytes().iter().all(|byte| is_in_hosts(*byte)),
        _ => false,
    }
}

/// Returns whether a byte may be part of a host or a port (RFC 3986 §3.2.2). An empty `Host` is valid as well.
const fn is_in_hosts(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'%' | b':' | b'[' | b']')
        || matches!(byte, b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=')
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
            (Version::HTTP_11, &["A.example:8080"], true),
            (Version::HTTP_11, &["my_service"], true),
            (Version::HTTP_11, &["[::1]:80"], true),
            (Version::HTTP_11, &["caf%C3%A9.example"], true),
            (Version::HTTP_11, &[""], true),
            (Version::HTTP_11, &["a b"], false),
            (Version::HTTP_11, &["a.example/path"], false),
            (Version::HTTP_11, &["user@a.example"], false),
            (Version::HTTP_11, &["a.example?x"], false),
            (Version::HTTP_11, &["a.example#x"], false),
            (Version::HTTP_11, &["<script>"], false),
            (Version::HTTP_11, &["a\\b"], false),
            (Version::HTTP_10, &["a b"], false),
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
    fn a_body_comes_in_chunks_alone() {
        for (lines, expected) in [
            (&[][..], true),
            (&["chunked"], true),
            (&["CHUNKED"], true),
            (&["gzip, chunked"], false),
            (&["chunked, chunked"], false),
            (&["chunked", "chunked"], false),
            (&["gzip", "chunked"], false),
            (&[", chunked"], false),
            (&[""], false),
        ] {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(TRANSFER_ENCODING, http::HeaderValue::from_static(line));
            }
            assert_eq!(is_in_chunks(&headers), expected, "{lines:?}");
        }
    }

    #[test]
    fn the_cookies_of_http2_are_one_header() {
        for (version, cookies, others, expected) in [
            (Version::HTTP_11, 0, 3, 3),
            (Version::HTTP_11, 1, 3, 4),
            (Version::HTTP_11, 2, 3, 5),
            (Version::HTTP_2, 0, 3, 3),
            (Version::HTTP_2, 1, 3, 4),
            (Version::HTTP_2, 150, 3, 4),
        ] {
            let mut headers = HeaderMap::new();
            for (name, times) in [(COOKIE, cookies), (HOST, others)] {
                for _ in 0..times {
                    headers.append(&name, http::HeaderValue::from_static("x"));
                }
            }
            assert_eq!(count(version, &headers), expected, "{version:?} {cookies} {others}");
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

    /// A body with a known length.
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
