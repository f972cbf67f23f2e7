//! The axum extractor for sessions.

use std::convert::Infallible;

use axum_core::{
    extract::{FromRef, FromRequestParts, OptionalFromRequestParts},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header::CACHE_CONTROL, request::Parts};

use super::{Session, SessionCookie};

/// The response to a request without a session: status 401 without a body, whatever the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoSession;

impl IntoResponse for NoSession {
    fn into_response(self) -> Response {
        let mut response = StatusCode::UNAUTHORIZED.into_response();
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}

/// # Errors
///
/// Returns [`NoSession`], a response with status 401, if [`SessionCookie::read`] finds no session.
impl<S: Sync> FromRequestParts<S> for Session
where
    SessionCookie: FromRef<S>,
{
    type Rejection = NoSession;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, NoSession> {
        SessionCookie::from_ref(state).read(&parts.headers).ok_or(NoSession)
    }
}

impl<S: Sync> OptionalFromRequestParts<S> for Session
where
    SessionCookie: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, Infallible> {
        Ok(SessionCookie::from_ref(state).read(&parts.headers))
    }
}
