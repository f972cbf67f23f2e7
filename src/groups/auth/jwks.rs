//! JSON Web Tokens that another service signs.

use hardened_core::manifest::{Promises, TokenPromise};

use super::{JwksAlgorithm, JwksUrl, string_or_uri::StringOrUri};

/// The settings to verify tokens from an identity provider such as Auth0, Clerk or Supabase. The group has no secret.
///
/// Variables: `JWT_ISSUER`, `JWT_AUDIENCE`, `JWT_JWKS_URL` (all required), `JWT_ALGORITHM`.
///
/// Source: RFC 8725 §3.1, §3.8, §3.9.
///
/// # Errors
///
/// Loading refuses with `setting-missing`, `setting-malformed`, and `jwt-jwks-insecure` in Preview and Production.
///
/// It does not fetch the keys.
#[derive(Debug, hardened_derive::Config)]
#[config(promises = promised)]
pub struct Jwks {
    /// The issuer that signs the tokens, exactly as in their claim `iss`.
    #[config(env = "JWT_ISSUER", show, example = "https://issuer.example.com/")]
    issuer: StringOrUri,
    /// The name of this service in the claim `aud`.
    #[config(env = "JWT_AUDIENCE", show, example = "https://api.example.com")]
    audience: StringOrUri,
    /// The URL of the issuer's public keys.
    #[config(env = "JWT_JWKS_URL", example = "https://issuer.example.com/.well-known/jwks.json")]
    jwks_url: JwksUrl,
    /// The algorithm of the issuer; no other is accepted.
    #[config(env = "JWT_ALGORITHM", default = "RS256")]
    algorithm: JwksAlgorithm,
}

impl Jwks {
    /// Returns the issuer of the tokens.
    #[must_use]
    pub fn issuer(&self) -> &str {
        self.issuer.as_str()
    }

    /// Returns the name of this service in the claim `aud`.
    #[must_use]
    pub fn audience(&self) -> &str {
        self.audience.as_str()
    }

    /// Returns the URL of the issuer's public keys.
    #[must_use]
    pub fn jwks_url(&self) -> &JwksUrl {
        &self.jwks_url
    }

    /// Returns the only algorithm to accept.
    #[must_use]
    pub fn algorithm(&self) -> JwksAlgorithm {
        self.algorithm
    }
}

/// Adds the promise to the manifest. Leeway and lifetime are missing, because the service's verifier decides the one
/// and the issuer the other.
fn promised(jwks: &Jwks, promises: &mut Promises) {
    promises.tokens.push(TokenPromise {
        algorithms: vec![jwks.algorithm().name().to_owned()],
        issuer: Some(jwks.issuer().to_owned()),
        audience: Some(jwks.audience().to_owned()),
        ..TokenPromise::default()
    });
}
