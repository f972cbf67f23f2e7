//! The axum extractor for bearer tokens.

use axum_core::{
    body::Body,
    extract::{FromRef, FromRequestParts},
    response::{IntoResponse, Response},
};
use http::{
    HeaderValue, StatusCode,
    header::{AUTHORIZATION, CACHE_CONTROL, WWW_AUTHENTICATE},
    request::Parts,
};
use serde::de::DeserializeOwned;

use super::{TokenError, TokenVerifier};

/// An axum extractor for the claims of a request's bearer token.
///
/// A handler that takes it runs only for requests with an acceptable token. The router's state must provide a
/// [`TokenVerifier`].
///
/// ```
/// use axum::{Router, routing::get};
/// use hardened::auth::{Bearer, TokenVerifier};
///
/// #[derive(serde::Deserialize)]
/// struct Claims {
///     sub: String,
/// }
///
/// async fn greet(Bearer(claims): Bearer<Claims>) -> String {
///     format!("hello, {}", claims.sub)
/// }
///
/// fn routes(verifier: TokenVerifier) -> Router {
///     Router::new().route("/", get(greet)).with_state(verifier)
/// }
/// ```
///
/// # Errors
///
/// Returns [`Unauthorized`] unless the request has exactly one `Authorization` header, with an acceptable token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bearer<C>(
    /// The claims of the token.
    pub C,
);

impl<S, C> FromRequestParts<S> for Bearer<C>
where
    S: Send + Sync,
    C: DeserializeOwned,
    TokenVerifier: FromRef<S>,
{
    type Rejection = Unauthorized;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Unauthorized> {
        let mut values = parts.headers.get_all(AUTHORIZATION).iter();
        let (Some(value), None) = (values.next(), values.next()) else {
            return Err(Unauthorized(TokenError::Malformed));
        };
        TokenVerifier::from_ref(state).verify_authorization(value.as_bytes()).map(Self).map_err(Unauthorized)
    }
}

/// The response to a request without an acceptable token: status 401 with `WWW-Authenticate: Bearer` and no body.
///
/// The reason is logged at the level debug; the client does not learn it. Source: RFC 6750 §3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unauthorized")]
pub struct Unauthorized(#[source] TokenError);

impl IntoResponse for Unauthorized {
    fn into_response(self) -> Response {
        tracing::debug!(reason = self.0.code(), "a bearer token was refused");
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::UNAUTHORIZED;
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}
