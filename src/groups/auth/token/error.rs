//! Why a token is refused.

use jsonwebtoken::errors::{Error, ErrorKind};

/// Why a token was refused or could not be signed. Contains nothing from the token.
///
/// It is for the log. Who sent the token learns none of it, for every detail helps to forge the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("{}", self.code())]
#[non_exhaustive]
pub enum TokenError {
    /// No token, or not one of three parts with JSON inside; longer than 16 KiB; or a header with a name twice or a
    /// parameter of a wrong type.
    Malformed,
    /// Another algorithm than the one that is set, or none.
    Algorithm,
    /// The header has `crit`, which names extensions that must be understood (RFC 7515 §4.1.11); none is.
    Critical,
    /// Signed with another key, or changed since.
    Signature,
    /// A claim is missing that is required: `exp`, or `iss` and `aud` where they are set.
    ClaimMissing,
    /// The token has expired.
    Expired,
    /// The token is not valid yet.
    NotYetValid,
    /// Signed by another issuer than the one that is set.
    Issuer,
    /// For another audience than the one that is set; or for one where none is set.
    Audience,
    /// The claims are not a JSON object, have a name twice, a registered claim of a wrong type, or are not of the type
    /// that was asked for.
    Claims,
    /// The cryptography failed.
    Cryptography,
}

impl TokenError {
    /// Returns a stable code for logs, such as `expired`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Algorithm => "algorithm",
            Self::Critical => "critical",
            Self::Signature => "signature",
            Self::ClaimMissing => "claim-missing",
            Self::Expired => "expired",
            Self::NotYetValid => "not-yet-valid",
            Self::Issuer => "issuer",
            Self::Audience => "audience",
            Self::Claims => "claims",
            Self::Cryptography => "cryptography",
        }
    }

    /// Keeps the kind of what the cryptography said, and drops the text, which can repeat the token.
    pub(super) fn of(error: &Error) -> Self {
        match error.kind() {
            ErrorKind::Base64(_) => Self::Malformed,
            _ => Self::Cryptography,
        }
    }
}
