//! Groups of keys for authentication, and what they build.

mod better_auth;
mod jwks_url;
mod jwt;
mod jwt_verifier;
mod string_or_uri;
#[cfg(feature = "jwt")]
mod token;

#[cfg(feature = "axum")]
pub use self::token::{Bearer, Unauthorized};
#[cfg(feature = "jwt")]
pub use self::token::{TokenError, TokenSigner, TokenVerifier};
pub use self::{
    better_auth::BetterAuth,
    jwks_url::JwksUrl,
    jwt::{Jwt, JwtAlgorithm, JwtExpiration},
    jwt_verifier::{JwksAlgorithm, JwtVerifier},
};
