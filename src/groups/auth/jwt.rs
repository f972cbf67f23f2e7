//! JSON Web Tokens that this service signs itself.

use std::time::Duration;

use hardened_core::manifest::{Promises, TokenPromise};

#[cfg(feature = "jwt")]
use super::token::{LEEWAY, provider_works};
use super::{JwtAlgorithm, string_or_uri::StringOrUri};
use crate::{JwtSecret, Setting, Violation, message, rule, schema::Kind};

/// The keys that sign and verify JSON Web Tokens, and the settings of the tokens.
///
/// Variables: `JWT_SECRET_KEY` (required), `JWT_SECRET_KEY_PREVIOUS`, `JWT_ALGORITHM`, `JWT_EXPIRATION_MINUTES`,
/// `JWT_ISSUER`, `JWT_AUDIENCE`.
///
/// A rotation takes three steps, so that every instance can verify every token: set the new key as
/// `JWT_SECRET_KEY_PREVIOUS` everywhere; swap the two keys; after the longest lifetime of a token, remove the old one.
///
/// A service that only verifies another service's tokens does not need its own key or this group: see
/// [`Jwks`](super::Jwks).
///
/// With the feature `jwt`, [`signer`](Self::signer) and [`verifier`](Self::verifier) sign and verify tokens. Loading then
/// installs AWS-LC as the cryptography provider of the crate `jsonwebtoken`, unless the service has installed another one,
/// and tests the provider with one signature for each algorithm.
///
/// # Errors
///
/// Loading refuses with `secret-missing`, every other `secret-*` rule, `setting-malformed` and `jwt-provider`; it warns
/// with `jwt-expiration`.
#[derive(Debug, hardened_derive::Config)]
#[config(
    check = key_fits(secret_key, algorithm),
    check = previous_fits(secret_key_previous, algorithm),
    check = provider_works(algorithm),
    promises = promised
)]
pub struct Jwt {
    /// The key that signs and verifies JSON Web Tokens.
    #[config(env = "JWT_SECRET_KEY")]
    secret_key: JwtSecret,
    /// A second key during a rotation: verifies tokens, and never signs one.
    #[config(env = "JWT_SECRET_KEY_PREVIOUS")]
    secret_key_previous: Option<JwtSecret>,
    /// The algorithm that signs; no other is accepted.
    #[config(env = "JWT_ALGORITHM", default = "HS256")]
    algorithm: JwtAlgorithm,
    /// How many minutes a token is valid.
    #[config(env = "JWT_EXPIRATION_MINUTES", default = 15)]
    expiration_minutes: JwtExpiration,
    /// The issuer: set in every token that is signed, and required in every token that is verified.
    #[config(env = "JWT_ISSUER", show)]
    issuer: Option<StringOrUri>,
    /// The audience: set in every token that is signed, and required in every token that is verified.
    #[config(env = "JWT_AUDIENCE", show)]
    audience: Option<StringOrUri>,
}

impl Jwt {
    /// Returns the key that signs tokens.
    #[must_use]
    pub fn signing_key(&self) -> &JwtSecret {
        &self.secret_key
    }

    /// Returns the keys that verify tokens: the signing key, then the previous one.
    pub fn verification_keys(&self) -> impl Iterator<Item = &JwtSecret> {
        std::iter::once(&self.secret_key).chain(&self.secret_key_previous)
    }

    /// Returns the signing algorithm, which is the only one to accept.
    #[must_use]
    pub fn algorithm(&self) -> JwtAlgorithm {
        self.algorithm
    }

    /// Returns how long a token is valid.
    #[must_use]
    pub fn expiration(&self) -> Duration {
        self.expiration_minutes.get()
    }

    /// Returns the issuer (`iss`), if it is set.
    #[must_use]
    pub fn issuer(&self) -> Option<&str> {
        self.issuer.as_ref().map(StringOrUri::as_str)
    }

    /// Returns the audience (`aud`), if it is set.
    #[must_use]
    pub fn audience(&self) -> Option<&str> {
        self.audience.as_ref().map(StringOrUri::as_str)
    }
}

/// The lifetime of a token: 1 to 43,200 minutes (30 days).
///
/// A stolen token works until it expires, because nobody can revoke it. Above 1,440 minutes (a day) the rule
/// `jwt-expiration` warns in Preview and Production.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JwtExpiration(u32);

impl JwtExpiration {
    /// The maximum, in minutes.
    const MAX: u32 = 30 * 24 * 60;
    /// The maximum without a warning, in minutes.
    const USUAL: u32 = 24 * 60;

    /// Returns the lifetime as a duration.
    #[must_use]
    pub const fn get(self) -> Duration {
        Duration::from_secs(self.0 as u64 * 60)
    }
}

impl Setting for JwtExpiration {
    const KIND: Kind = Kind::Integer { min: 1, max: Self::MAX as i128 };
    const FAMILIES: &'static [&'static str] = &["jwt-"];

    fn parse(text: &str) -> Result<Self, Violation> {
        match u32::parse(text) {
            Ok(minutes @ 1..=Self::MAX) => Ok(Self(minutes)),
            _ => Err(Violation::malformed(Self::KIND.must_be().with(" minutes"))),
        }
    }

    fn flaws(&self) -> Vec<Violation> {
        if self.0 <= Self::USUAL {
            return Vec::new();
        }
        let fact = message!(
            self.0,
            " minutes; should be at most ",
            Self::USUAL,
            ", because a stolen token works until it expires"
        );
        vec![Violation::new(rule::JWT_EXPIRATION, fact)]
    }
}

/// Parses the text as the setting does.
impl std::str::FromStr for JwtExpiration {
    type Err = Violation;

    fn from_str(text: &str) -> Result<Self, Violation> {
        <Self as Setting>::parse(text)
    }
}

fn key_fits(key: &JwtSecret, algorithm: &JwtAlgorithm) -> Result<(), Violation> {
    let (bytes, required) = (key.expose_bytes().len(), algorithm.min_key_bytes());
    // The key itself has already been rejected if it is shorter than any algorithm allows.
    if bytes >= required || bytes < JwtAlgorithm::Hs256.min_key_bytes() {
        return Ok(());
    }
    let fact = message!(bytes, " bytes; must be at least ", required, " for ", algorithm.name());
    Err(Violation::new(rule::SECRET_TOO_SHORT, fact))
}

fn previous_fits(key: &Option<JwtSecret>, algorithm: &JwtAlgorithm) -> Result<(), Violation> {
    key.as_ref().map_or(Ok(()), |key| key_fits(key, algorithm))
}

fn promised(jwt: &Jwt, promises: &mut Promises) {
    promises.tokens.push(TokenPromise {
        algorithms: vec![jwt.algorithm().name().to_owned()],
        issuer: jwt.issuer().map(str::to_owned),
        audience: jwt.audience().map(str::to_owned),
        lifetime_seconds: Some(jwt.expiration().as_secs()),
        leeway_seconds: LEEWAY,
        ..TokenPromise::default()
    });
}

/// The leeway is unknown, because nothing here verifies tokens without the feature `jwt`.
#[cfg(not(feature = "jwt"))]
const LEEWAY: Option<u64> = None;

/// Always succeeds, because nothing here signs tokens without the feature `jwt`.
#[cfg(not(feature = "jwt"))]
fn provider_works(_: &JwtAlgorithm) -> Result<(), Violation> {
    Ok(())
}
