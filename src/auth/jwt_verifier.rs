//! JSON Web Tokens that somebody else signs.

use std::fmt;

use super::{JwksUrl, string_or_uri::StringOrUri};

/// Tokens of an identity provider such as Auth0, Clerk or Supabase: this service verifies them, and has no secret.
///
/// Variables: `JWT_ISSUER`, `JWT_AUDIENCE`, `JWT_JWKS_URL` (all required), `JWT_ALGORITHM`.
///
/// Source: RFC 8725 §3.1, §3.8, §3.9.
///
/// # Errors
///
/// Loading refuses with `setting-missing`, `setting-malformed`, and `jwt-jwks-insecure` in Preview and Production.
///
/// What it does not do: fetch the keys.
#[derive(Debug, hardened_derive::Config)]
pub struct JwtVerifier {
    /// Who signs the tokens, exactly as in their claim `iss`.
    #[config(env = "JWT_ISSUER", show, example = "https://issuer.example.com/")]
    issuer: StringOrUri,
    /// The name of this service in the claim `aud`.
    #[config(env = "JWT_AUDIENCE", show, example = "https://api.example.com")]
    audience: StringOrUri,
    /// Where the issuer's public keys are.
    #[config(env = "JWT_JWKS_URL", example = "https://issuer.example.com/.well-known/jwks.json")]
    jwks_url: JwksUrl,
    /// The algorithm of the issuer; no other is accepted.
    #[config(env = "JWT_ALGORITHM", default = "RS256")]
    algorithm: JwksAlgorithm,
}

impl JwtVerifier {
    /// Who signs the tokens.
    #[must_use]
    pub fn issuer(&self) -> &str {
        self.issuer.as_str()
    }

    /// The name of this service in the claim `aud`.
    #[must_use]
    pub fn audience(&self) -> &str {
        self.audience.as_str()
    }

    /// Where the issuer's public keys are.
    #[must_use]
    pub fn jwks_url(&self) -> &JwksUrl {
        &self.jwks_url
    }

    /// The only algorithm to accept.
    #[must_use]
    pub fn algorithm(&self) -> JwksAlgorithm {
        self.algorithm
    }
}

/// An algorithm whose public key can be published (RFC 7518 §3.1, RFC 8037).
#[derive(Debug, Clone, Copy, PartialEq, Eq, hardened_derive::Config)]
#[non_exhaustive]
pub enum JwksAlgorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    #[config(rename = "RS256")]
    Rs256,
    /// RSASSA-PSS with SHA-256.
    #[config(rename = "PS256")]
    Ps256,
    /// ECDSA on P-256 with SHA-256.
    #[config(rename = "ES256")]
    Es256,
    /// ECDSA on P-384 with SHA-384.
    #[config(rename = "ES384")]
    Es384,
    /// Ed25519.
    #[config(rename = "EdDSA")]
    EdDsa,
}

impl JwksAlgorithm {
    /// The name in the header of a token.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Ps256 => "PS256",
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::EdDsa => "EdDSA",
        }
    }
}

/// Writes the name in the header of a token.
impl fmt::Display for JwksAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
