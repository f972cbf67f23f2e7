//! The response to one attempt too many.

use std::time::Duration;

use http::{HeaderMap, HeaderValue, Response, StatusCode, header::CONTENT_TYPE, header::RETRY_AFTER};

use crate::web::{
    grpc::{self, Code},
    layers::problems::CONTENT_TYPE as PROBLEM_JSON,
};

/// The refusal of one attempt too many: 429 with `Retry-After` and a body that says nothing else (RFC 6585 §4, RFC 9457).
///
/// The response is the same whether or not the account exists. In a gRPC handler, return `RESOURCE_EXHAUSTED` instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyAttempts {
    pub(super) wait: Duration,
}

const STATUS: StatusCode = StatusCode::TOO_MANY_REQUESTS;

/// `about:blank` means that the problem is what the status says (RFC 9457 §4.2.1).
const BODY: &str = r#"{"type":"about:blank","title":"Too Many Requests","status":429}"#;

impl TooManyAttempts {
    /// Returns the time until an attempt is allowed.
    #[must_use]
    pub const fn wait(&self) -> Duration {
        self.wait
    }

    /// Returns the response.
    #[must_use]
    pub fn response<B: From<String>>(&self) -> Response<B> {
        let mut response = Response::new(B::from(BODY.to_owned()));
        *response.status_mut() = STATUS;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        self.tell(headers);
        response
    }

    /// Returns the response that ends a gRPC call.
    pub(super) fn end_of_call<B: Default>(&self) -> Response<B> {
        let mut response = grpc::ended(Code::of(STATUS), STATUS.canonical_reason().unwrap_or_default());
        self.tell(response.headers_mut());
        response
    }

    /// Sets `Retry-After`.
    fn tell(&self, headers: &mut HeaderMap) {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds(self.wait)));
    }
}

/// Rounds up to whole seconds, and to at least one: after 0 a client would try again at once.
pub(super) fn seconds(wait: Duration) -> u64 {
    let whole = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    whole.max(1)
}

#[cfg(feature = "axum")]
impl axum_core::response::IntoResponse for TooManyAttempts {
    fn into_response(self) -> axum_core::response::Response {
        self.response()
    }
}
