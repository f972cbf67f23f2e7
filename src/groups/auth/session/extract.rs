//! The session of a request, for axum.

use std::convert::Infallible;

use axum_core::{
    extract::{FromRef, FromRequestParts, OptionalFromRequestParts},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header::CACHE_CONTROL, request::Parts};

use super::{Session, SessionCookie};

/// The response to a request without a session: 401 and nothing else, whatever the reason.
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
/// [`NoSession`], which answers 401, where [`SessionCookie::read`] finds none.
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
