//! The reasons for refusing a token.

use jsonwebtoken::errors::{Error, ErrorKind};

/// The reason why a token was refused or could not be signed. Contains nothing from the token.
///
/// It is meant for logs. Do not send it to the client, because every detail helps to forge the next token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("{}", self.code())]
#[non_exhaustive]
pub enum TokenError {
    /// There is no token, or not one of three parts with JSON inside; it is longer than 16 KiB; or its header has a
    /// duplicate name or a parameter of a wrong type.
    Malformed,
    /// The token has another algorithm than the configured one, or none.
    Algorithm,
    /// The header has `crit`, which lists extensions that a verifier must understand (RFC 7515 §4.1.11); none is supported.
    Critical,
    /// The token was signed with another key, or changed afterwards.
    Signature,
    /// A required claim is missing: `exp`, or `iss` and `aud` if they are configured.
    ClaimMissing,
    /// The token has expired.
    Expired,
    /// The token is not valid yet.
    NotYetValid,
    /// The token's issuer is not the configured one.
    Issuer,
    /// The token's audience is not the configured one; or it has an audience, but none is configured.
    Audience,
    /// The claims are not a JSON object, have a duplicate name or a registered claim of a wrong type, or do not fit the
    /// requested type.
    Claims,
    /// The cryptography failed.
    Cryptography,
}

impl TokenError {
    /// Returns the stable code for logs, such as `expired`.
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

    /// Keeps the kind of a cryptography error, and drops its text, which can repeat the token.
    pub(super) fn of(error: &Error) -> Self {
        match error.kind() {
            ErrorKind::Base64(_) => Self::Malformed,
            _ => Self::Cryptography,
        }
    }
}
