//! Verifying.

use std::{fmt, sync::Arc};

use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::de::DeserializeOwned;

use super::TokenError;
use crate::auth::Jwt;

/// The longest token in bytes: longer ones are refused unread.
const MAX_BYTES: usize = 16 * 1024;

/// How many seconds the clocks of two machines may differ.
const LEEWAY: u64 = 60;

/// Verifies JSON Web Tokens. Made by [`Jwt::verifier`]; cheap to clone.
///
/// Accepted is a token of the algorithm that is set and no other, signed with the key or the previous one; with `exp`,
/// which is not past; with an `nbf`, if any, that is not ahead; and where they are set, with that `iss` and that
/// `aud`. Clocks may differ by 60 s. A token that names an audience is refused where none is set (RFC 7519 §4.1.3).
/// What the header says of keys (`jwk`, `jku`, `kid`, `x5u`) is not looked at.
///
/// Source: RFC 8725.
///
/// What it cannot guarantee: a stolen token is good until it expires.
#[derive(Clone)]
pub struct TokenVerifier(Arc<Inner>);

struct Inner {
    algorithm: Algorithm,
    keys: Vec<DecodingKey>,
    validation: Validation,
}

impl TokenVerifier {
    pub(in crate::auth) fn new(jwt: &Jwt) -> Self {
        let algorithm = jwt.algorithm().in_jsonwebtoken();
        let keys = jwt.verification_keys().map(|key| DecodingKey::from_secret(key.expose_bytes())).collect();
        Self(Arc::new(Inner { algorithm, keys, validation: validation(jwt, algorithm) }))
    }

    /// The claims of a token.
    ///
    /// # Errors
    ///
    /// A [`TokenError`] for whatever else than an acceptable token.
    pub fn verify<C: DeserializeOwned>(&self, token: &str) -> Result<C, TokenError> {
        self.judge_header(token)?;
        let mut outcome = Err(TokenError::Signature);
        for key in &self.0.keys {
            outcome =
                decode(token, key, &self.0.validation).map(|data| data.claims).map_err(|error| TokenError::of(&error));
            // Only a signature can be right with another key.
            if !matches!(outcome, Err(TokenError::Signature)) {
                break;
            }
        }
        outcome
    }

    /// The claims of the token in the value of a header `Authorization`: `Bearer`, in any case, and a token (RFC 6750
    /// §2.1).
    ///
    /// # Errors
    ///
    /// As [`verify`](Self::verify).
    pub fn verify_authorization<C: DeserializeOwned>(&self, value: &[u8]) -> Result<C, TokenError> {
        let (scheme, token) = value.split_at_checked(7).ok_or(TokenError::Malformed)?;
        if !scheme.eq_ignore_ascii_case(b"bearer ") {
            return Err(TokenError::Malformed);
        }
        let token = str::from_utf8(token).map_err(|_| TokenError::Malformed)?;
        self.verify(token.trim_start_matches(' '))
    }

    fn judge_header(&self, token: &str) -> Result<(), TokenError> {
        if token.len() > MAX_BYTES {
            return Err(TokenError::Malformed);
        }
        let header = decode_header(token).map_err(|error| TokenError::of_header(&error))?;
        if header.alg != self.0.algorithm {
            return Err(TokenError::Algorithm);
        }
        // The library reads it and does not look at it.
        if header.crit.is_some() {
            return Err(TokenError::Critical);
        }
        Ok(())
    }
}

fn validation(jwt: &Jwt, algorithm: Algorithm) -> Validation {
    let mut validation = Validation::new(algorithm);
    validation.leeway = LEEWAY;
    validation.validate_nbf = true;
    // What is set is required as well: the library alone would accept a token without it.
    let mut required = vec!["exp"];
    if let Some(issuer) = jwt.issuer() {
        validation.set_issuer(&[issuer]);
        required.push("iss");
    }
    if let Some(audience) = jwt.audience() {
        validation.set_audience(&[audience]);
        required.push("aud");
    }
    validation.set_required_spec_claims(&required);
    validation
}

/// Shows the algorithm and the number of keys.
impl fmt::Debug for TokenVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenVerifier({:?}, {} keys)", self.0.algorithm, self.0.keys.len())
    }
}
