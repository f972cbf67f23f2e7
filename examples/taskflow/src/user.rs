//! The user of a request, who is determined only by the token.

use axum::{
    extract::{FromRef, FromRequestParts},
    http::request::Parts,
};
use hardened::auth::{Bearer, TokenVerifier, Unauthorized};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A signed-in user. A handler with this argument is never called without a valid token.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct User {
    /// The subject of the token.
    #[serde(rename = "sub")]
    pub id: Uuid,
}

impl<S: Send + Sync> FromRequestParts<S> for User
where
    TokenVerifier: FromRef<S>,
{
    type Rejection = Unauthorized;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Unauthorized> {
        Bearer::from_request_parts(parts, state).await.map(|Bearer(user)| user)
    }
}
