//! The parts of gRPC that this library needs: recognizing calls and ending them with a status.
//!
//! Source: [gRPC over HTTP/2](https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md).

use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode, Version, header::CONTENT_TYPE};

/// The content type of a gRPC call and of its response.
pub(in crate::web) const GRPC: &str = "application/grpc";

pub(in crate::web) const STATUS: HeaderName = HeaderName::from_static("grpc-status");
const MESSAGE: HeaderName = HeaderName::from_static("grpc-message");

/// The gRPC [status codes](https://github.com/grpc/grpc/blob/master/doc/statuscodes.md) that this library sends or recognizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Code {
    Ok = 0,
    Unknown = 2,
    InvalidArgument = 3,
    DeadlineExceeded = 4,
    NotFound = 5,
    PermissionDenied = 7,
    ResourceExhausted = 8,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
    DataLoss = 15,
}

impl Code {
    /// Returns the gRPC status for a refusal with this HTTP status.
    pub(in crate::web) fn of(status: StatusCode) -> Self {
        match status {
            StatusCode::BAD_REQUEST => Self::InvalidArgument,
            StatusCode::NOT_FOUND => Self::Unimplemented,
            StatusCode::FORBIDDEN | StatusCode::MISDIRECTED_REQUEST => Self::PermissionDenied,
            StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => Self::DeadlineExceeded,
            StatusCode::PAYLOAD_TOO_LARGE
            | StatusCode::TOO_MANY_REQUESTS
            | StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => Self::ResourceExhausted,
            StatusCode::SERVICE_UNAVAILABLE => Self::Unavailable,
            _ => Self::Internal,
        }
    }

    pub(in crate::web) fn value(self) -> HeaderValue {
        HeaderValue::from(self as u16)
    }
}

/// Returns whether a request is a gRPC call: one over HTTP/2 with the content type of gRPC.
pub(in crate::web) fn calls<Q>(request: &Request<Q>) -> bool {
    request.version() == Version::HTTP_2 && is_call(request.headers())
}

/// Returns whether HTTP/2 request headers are those of a gRPC call. gRPC-Web does not count: browsers read the HTTP status.
pub(in crate::web) fn is_call(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|kind| is_call_type(kind.as_bytes()))
}

/// Returns whether a content type is that of a gRPC call.
pub(in crate::web) fn is_call_type(kind: &[u8]) -> bool {
    matches!(kind.strip_prefix(GRPC.as_bytes()), Some([] | [b'+' | b';', ..]))
}

/// Returns whether the headers of a response end a call at once with a status other than `OK`.
pub(in crate::web) fn is_failure(headers: &HeaderMap) -> bool {
    headers.get(STATUS).is_some_and(|status| *status != Code::Ok.value())
}

/// Returns a response that ends a call at once (*Trailers-Only*): HTTP status 200, and the gRPC status in the headers.
/// With another HTTP status, a client would not look for the gRPC status.
pub(in crate::web) fn ended<B: Default>(code: Code, message: &str) -> Response<B> {
    let mut response = Response::new(B::default());
    end(response.headers_mut(), code, message);
    response
}

/// Sets the headers that end a call.
pub(in crate::web) fn end(headers: &mut HeaderMap, code: Code, message: &str) {
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(GRPC));
    headers.insert(STATUS, code.value());
    set_message(headers, message);
}

/// Sets the status message. This library's messages are printable ASCII without percent signs, so they need no encoding.
pub(in crate::web) fn set_message(headers: &mut HeaderMap, message: &str) {
    if let Ok(message) = HeaderValue::from_str(message) {
        headers.insert(MESSAGE, message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_known_by_its_type_and_version() {
        for (kind, expected) in [
            (Some("application/grpc"), true),
            (Some("application/grpc+proto"), true),
            (Some("application/grpc;charset=utf-8"), true),
            (Some("application/grpc-web"), false),
            (Some("application/grpc-web+proto"), false),
            (Some("application/json"), false),
            (None, false),
        ] {
            let mut request = Request::new(());
            if let Some(kind) = kind {
                request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
            }
            assert_eq!(is_call(request.headers()), expected, "{kind:?}");
            for (version, speaks_grpc) in [(Version::HTTP_11, false), (Version::HTTP_2, true)] {
                *request.version_mut() = version;
                assert_eq!(calls(&request), expected && speaks_grpc, "{kind:?} {version:?}");
            }
        }
    }

    #[test]
    fn a_refusal_says_what_a_client_of_grpc_should_do() {
        for (status, code) in [
            (400, 3),
            (403, 7),
            (404, 12),
            (408, 4),
            (413, 8),
            (421, 7),
            (429, 8),
            (431, 8),
            (500, 13),
            (502, 13),
            (503, 14),
            (504, 4),
        ] {
            assert_eq!(Code::of(StatusCode::from_u16(status).unwrap()) as u16, code, "{status}");
        }
    }

    #[test]
    fn a_call_ends_with_200_and_its_status_among_the_headers() {
        let response = ended::<()>(Code::Unavailable, "Service Unavailable");
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()[CONTENT_TYPE], "application/grpc");
        assert_eq!(response.headers()[STATUS], "14");
        assert_eq!(response.headers()[MESSAGE], "Service Unavailable");
    }
}
