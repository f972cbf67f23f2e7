//! The responses of `serve` itself.

use bytes::Bytes;
use http::{
    HeaderValue, Response, StatusCode,
    header::{CACHE_CONTROL, CONNECTION, CONTENT_TYPE, RETRY_AFTER},
};

use crate::web::grpc::{self, Code};

/// The reason why `serve` answers a request in place of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The request names no host, several, or something that is not a host.
    Host,
    /// The body has a transfer encoding other than `chunked`.
    Encoding,
    /// The request has too many headers.
    Headers,
    /// The body is too large.
    Body,
    /// The body does not arrive.
    SlowClient,
    /// The service takes too long.
    SlowService,
    /// Too many requests are in progress.
    Busy,
    /// The request came on a connection that is only for health checks.
    Reserved,
    /// The service panicked.
    Panic,
}

impl Refusal {
    pub(super) fn status(self) -> StatusCode {
        match self {
            Self::Host => StatusCode::BAD_REQUEST,
            Self::Encoding => StatusCode::NOT_IMPLEMENTED,
            Self::Headers => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::Body => StatusCode::PAYLOAD_TOO_LARGE,
            Self::SlowClient => StatusCode::REQUEST_TIMEOUT,
            Self::SlowService | Self::Busy | Self::Reserved => StatusCode::SERVICE_UNAVAILABLE,
            Self::Panic => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Returns whether the connection must close, because a part of the request is still to come or the place is needed.
    fn closes(self) -> bool {
        matches!(self, Self::Host | Self::Encoding | Self::Body | Self::SlowClient | Self::Reserved)
    }

    /// Returns the gRPC status. A slow service may have done something, so the status is not `UNAVAILABLE`.
    fn code(self) -> Code {
        match self {
            Self::SlowService => Code::DeadlineExceeded,
            _ => Code::of(self.status()),
        }
    }

    /// Returns a problem document (RFC 9457) that repeats the status, or the end of a gRPC call.
    pub(super) fn response(self, is_http2: bool, is_call: bool) -> Response<Bytes> {
        let status = self.status();
        if is_call {
            return grpc::ended(self.code(), status.canonical_reason().unwrap_or_default());
        }
        let (title, number) = (status.canonical_reason().unwrap_or_default(), status.as_u16());
        let body = format!(r#"{{"type":"about:blank","title":"{title}","status":{number}}}"#);
        let mut response = Response::new(Bytes::from(body));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if matches!(self, Self::Busy | Self::Reserved) {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
        }
        // HTTP/2 does not have this header (RFC 9113 §8.2.2).
        if self.closes() && !is_http2 {
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_of_grpc_ends_with_the_status_that_says_whether_to_try_again() {
        for (refusal, code) in [
            (Refusal::Host, "3"),
            (Refusal::Headers, "8"),
            (Refusal::Body, "8"),
            (Refusal::SlowClient, "4"),
            (Refusal::SlowService, "4"),
            (Refusal::Busy, "14"),
            (Refusal::Reserved, "14"),
            (Refusal::Panic, "13"),
        ] {
            let response = refusal.response(true, true);
            assert_eq!((response.status().as_u16(), response.body().as_ref()), (200, &b""[..]), "{refusal:?}");
            assert_eq!(response.headers()["grpc-status"], code, "{refusal:?}");
        }
    }

    #[test]
    fn each_refusal_has_its_status_and_says_when_to_come_back() {
        for (refusal, status, retry, close) in [
            (Refusal::Host, 400, None, true),
            (Refusal::Encoding, 501, None, true),
            (Refusal::Headers, 431, None, false),
            (Refusal::Body, 413, None, true),
            (Refusal::SlowClient, 408, None, true),
            (Refusal::SlowService, 503, None, false),
            (Refusal::Busy, 503, Some("1"), false),
            (Refusal::Reserved, 503, Some("1"), true),
            (Refusal::Panic, 500, None, false),
        ] {
            let response = refusal.response(false, false);
            assert_eq!(response.status(), status, "{refusal:?}");
            assert_eq!(response.headers().get(RETRY_AFTER).map(|value| value.to_str().unwrap()), retry, "{refusal:?}");
            assert_eq!(response.headers().contains_key(CONNECTION), close, "{refusal:?}");
            assert!(!refusal.response(true, false).headers().contains_key(CONNECTION), "{refusal:?}");
            let document: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
            assert_eq!(document["status"], status, "{refusal:?}");
        }
    }
}
