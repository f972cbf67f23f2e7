//! Groups of keys for authentication, and what they build.

mod algorithm;
mod better_auth;
mod jwks;
mod jwks_url;
mod jwt;
mod string_or_uri;
#[cfg(feature = "jwt")]
mod token;

#[cfg(feature = "axum")]
pub use self::token::{Bearer, Unauthorized};
#[cfg(feature = "jwt")]
pub use self::token::{TokenError, TokenSigner, TokenVerifier};
pub use self::{
    algorithm::{JwksAlgorithm, JwtAlgorithm},
    better_auth::BetterAuth,
    jwks::Jwks,
    jwks_url::JwksUrl,
    jwt::{Jwt, JwtExpiration},
};
