//! Settings groups for authentication, and the signers, verifiers and cookies that they build.

mod algorithm;
#[cfg(feature = "attempts")]
mod attempts;
pub(crate) mod better_auth;
mod jwks;
mod jwks_url;
pub(crate) mod jwt;
#[cfg(feature = "cookies")]
mod session;
mod string_or_uri;
#[cfg(feature = "jwt")]
mod token;

#[cfg(feature = "attempts")]
pub use self::attempts::Attempts;
#[cfg(all(feature = "cookies", feature = "axum"))]
pub use self::session::NoSession;
#[cfg(feature = "cookies")]
pub use self::session::{Session, SessionCookie, SessionSettings, SessionTooLarge};
#[cfg(all(feature = "jwt", feature = "axum"))]
pub use self::token::{Bearer, Unauthorized};
#[cfg(feature = "jwt")]
pub use self::token::{TokenError, TokenSigner, TokenVerifier};
pub use self::{
    algorithm::{JwksAlgorithm, JwtAlgorithm},
    jwks::Jwks,
    jwks_url::JwksUrl,
    jwt::JwtExpiration,
};
