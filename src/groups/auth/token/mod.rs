//! Signing and verifying tokens.

#[cfg(feature = "axum")]
mod bearer;
mod claims;
mod compact;
mod error;
mod header;
mod provider;
mod signer;
mod verifier;

use jsonwebtoken::Algorithm;

#[cfg(feature = "axum")]
pub use self::bearer::{Bearer, Unauthorized};
pub(super) use self::provider::provider_works;
pub use self::{error::TokenError, signer::TokenSigner, verifier::TokenVerifier};
use super::JwtAlgorithm;

/// The maximum difference between the clocks of two machines, in seconds.
pub(super) const LEEWAY: Option<u64> = Some(claims::LEEWAY as u64);

impl JwtAlgorithm {
    const fn in_jsonwebtoken(self) -> Algorithm {
        match self {
            Self::Hs256 => Algorithm::HS256,
            Self::Hs384 => Algorithm::HS384,
            Self::Hs512 => Algorithm::HS512,
        }
    }
}
