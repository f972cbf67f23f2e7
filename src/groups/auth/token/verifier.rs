//! Verifies tokens.

use std::{fmt, sync::Arc};

use jsonwebtoken::{Algorithm, DecodingKey, crypto, get_current_timestamp};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{TokenError, claims::Required, compact::Compact, header};
use crate::{Jwt, auth::JwtAlgorithm};

impl Jwt {
    /// Returns a verifier that accepts the key and the previous one.
    ///
    /// It holds copies of the keys, which are wiped when it is dropped.
    #[must_use]
    pub fn verifier(&self) -> TokenVerifier {
        TokenVerifier::new(self)
    }
}

/// A verifier of JSON Web Tokens. [`Jwt::verifier`] creates it; it is cheap to clone.
///
/// It accepts a token only with the configured algorithm, signed with the current or the previous key; with an `exp`
/// that is not past; with an `nbf`, if any, that is not in the future; and with the configured `iss` and `aud`, if
/// there are any. Clocks may differ by 60 s. A token that names an audience is refused if none is configured (RFC 7519
/// §4.1.3). The header's parameters about keys (`jwk`, `jku`, `kid`, `x5u`) are ignored; `crit` is refused, whatever it
/// contains.
///
/// Everything that is present is checked: a claim or parameter of a wrong type (`"aud": 5`, `"iss": ["us"]`,
/// `"exp": "never"`, `"sub": null`) refuses the token even if it is not required, and so does a duplicate name.
///
/// Sources: RFC 7515, RFC 7519, RFC 8725.
///
/// What it cannot guarantee: a stolen token works until it expires.
#[derive(Clone)]
pub struct TokenVerifier(Arc<Inner>);

struct Inner {
    algorithm: JwtAlgorithm,
    keys: Vec<DecodingKey>,
    required: Required,
}

impl TokenVerifier {
    fn new(jwt: &Jwt) -> Self {
        Self(Arc::new(Inner {
            algorithm: jwt.algorithm(),
            keys: jwt.verification_keys().map(|key| DecodingKey::from_secret(key.expose_bytes())).collect(),
            required: Required { issuer: jwt.issuer().map(str::to_owned), audience: jwt.audience().map(str::to_owned) },
        }))
    }

    /// Verifies a token and returns its claims.
    ///
    /// # Errors
    ///
    /// Returns a [`TokenError`] if the token is not acceptable.
    pub fn verify<C: DeserializeOwned>(&self, token: &str) -> Result<C, TokenError> {
        let token = Compact::split(token)?;
        header::judge(&token.header()?, self.0.algorithm)?;
        self.judge_signature(token)?;
        let claims = token.claims()?;
        self.0.required.judge(&claims, get_current_timestamp())?;
        serde_json::from_value(Value::Object(claims)).map_err(|_| TokenError::Claims)
    }

    fn judge_signature(&self, token: Compact<'_>) -> Result<(), TokenError> {
        let algorithm: Algorithm = self.0.algorithm.in_jsonwebtoken();
        for key in &self.0.keys {
            let verified = crypto::verify(token.signature, token.message.as_bytes(), key, algorithm);
            if verified.map_err(|error| TokenError::of(&error))? {
                return Ok(());
            }
        }
        Err(TokenError::Signature)
    }

    /// Verifies the token in the value of an `Authorization` header and returns its claims. The value is `Bearer`, in
    /// any case, followed by a token (RFC 6750 §2.1).
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`verify`](Self::verify).
    pub fn verify_authorization<C: DeserializeOwned>(&self, value: &[u8]) -> Result<C, TokenError> {
        let (scheme, token) = value.split_at_checked(7).ok_or(TokenError::Malformed)?;
        if !scheme.eq_ignore_ascii_case(b"bearer ") {
            return Err(TokenError::Malformed);
        }
        let token = str::from_utf8(token).map_err(|_| TokenError::Malformed)?;
        self.verify(token.trim_start_matches(' '))
    }
}

/// Shows the algorithm and the number of keys.
impl fmt::Debug for TokenVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenVerifier({:?}, {} keys)", self.0.algorithm, self.0.keys.len())
    }
}
