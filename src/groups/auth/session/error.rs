//! The error for a session that is too large for a cookie.

/// The session is too large for a cookie: browsers keep 4,096 bytes (RFC 6265 §6.1), which leaves room for a value of about
/// 2,900 bytes.
///
/// In axum it becomes a response with status 500, because the service made the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the session cookie would have {bytes} bytes, but browsers store at most 4096; store only an identifier in it")]
pub struct SessionTooLarge {
    pub(super) bytes: usize,
}

impl SessionTooLarge {
    /// Returns the length that the cookie would have with its name and attributes, in bytes.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        self.bytes
    }
}

#[cfg(feature = "axum")]
impl axum_core::response::IntoResponse for SessionTooLarge {
    fn into_response(self) -> axum_core::response::Response {
        tracing::error!(bytes = self.bytes, "a session is too large for a cookie");
        axum_core::response::IntoResponse::into_response(http::StatusCode::INTERNAL_SERVER_ERROR)
    }
}
