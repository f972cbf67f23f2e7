//! Signs tokens.

use std::{fmt, sync::Arc, time::Duration};

use jsonwebtoken::{EncodingKey, Header, encode, get_current_timestamp};
use serde::Serialize;
use serde_json::{Map, Value};

use super::{TokenError, claims::judge_types};
use crate::Jwt;

impl Jwt {
    /// Returns a signer that uses the key and the configured lifetime.
    ///
    /// It holds a copy of the key, which is wiped when it is dropped.
    #[must_use]
    pub fn signer(&self) -> TokenSigner {
        TokenSigner::new(self)
    }
}

/// A signer of JSON Web Tokens. [`Jwt::signer`] creates it; it is cheap to clone.
///
/// ```
/// use hardened::{Environment, Jwt, Loader};
///
/// let environment = Environment::empty().set("JWT_SECRET_KEY", "Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM");
/// let jwt = Loader::new().environment(environment).load::<Jwt>()?;
///
/// let token = jwt.signer().sign(&serde_json::json!({ "sub": "alice" }))?;
/// let claims: serde_json::Value = jwt.verifier().verify(&token)?;
/// assert_eq!(claims["sub"], "alice");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct TokenSigner(Arc<Inner>);

struct Inner {
    key: EncodingKey,
    header: Header,
    lifetime: Duration,
    issuer: Option<String>,
    audience: Option<String>,
}

impl TokenSigner {
    fn new(jwt: &Jwt) -> Self {
        Self(Arc::new(Inner {
            key: EncodingKey::from_secret(jwt.signing_key().expose_bytes()),
            header: Header::new(jwt.algorithm().in_jsonwebtoken()),
            lifetime: jwt.expiration(),
            issuer: jwt.issuer().map(str::to_owned),
            audience: jwt.audience().map(str::to_owned),
        }))
    }

    /// Signs claims, which must be a JSON object.
    ///
    /// Adds `iat` and `exp`, and `iss` and `aud` if they are configured, and overwrites those in the claims; only an
    /// earlier `exp` in the claims is kept.
    ///
    /// # Errors
    ///
    /// Returns [`TokenError::Claims`] for a value that is not a JSON object, has an `exp` that is not a whole number of
    /// seconds, or has a registered claim of a wrong type (`"sub": 7`), which no verifier may accept (RFC 7519 §4.1).
    pub fn sign<C: Serialize>(&self, claims: &C) -> Result<String, TokenError> {
        let claims = match serde_json::to_value(claims) {
            Ok(Value::Object(claims)) => self.completed(claims)?,
            _ => return Err(TokenError::Claims),
        };
        encode(&self.0.header, &claims, &self.0.key).map_err(|_| TokenError::Cryptography)
    }

    fn completed(&self, mut claims: Map<String, Value>) -> Result<Map<String, Value>, TokenError> {
        let now = get_current_timestamp();
        let latest = now.saturating_add(self.0.lifetime.as_secs());
        let end = match claims.get("exp") {
            Some(end) => end.as_u64().ok_or(TokenError::Claims)?.min(latest),
            None => latest,
        };
        claims.insert("iat".to_owned(), now.into());
        claims.insert("exp".to_owned(), end.into());
        for (name, value) in [("iss", &self.0.issuer), ("aud", &self.0.audience)] {
            if let Some(value) = value {
                claims.insert(name.to_owned(), value.as_str().into());
            }
        }
        judge_types(&claims)?;
        Ok(claims)
    }
}

/// Shows only the algorithm.
impl fmt::Debug for TokenSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenSigner({:?})", self.0.header.alg)
    }
}
