//! Checks the header of a token.

use serde_json::{Map, Value};

use super::TokenError;
use crate::auth::JwtAlgorithm;

/// The parameters of RFC 7515 §4.1 that are text. What they say about keys is ignored, but our signers never write another
/// type.
const TEXTS: [&str; 8] = ["alg", "cty", "jku", "kid", "typ", "x5t", "x5t#S256", "x5u"];

/// Checks a header: it must have the configured algorithm, and no extension that a verifier must understand.
pub(super) fn judge(header: &Map<String, Value>, algorithm: JwtAlgorithm) -> Result<(), TokenError> {
    let is_text = |name: &str| header.get(name).is_none_or(Value::is_string);
    let is_chain = |value: &Value| value.as_array().is_some_and(|chain| chain.iter().all(Value::is_string));
    if !TEXTS.into_iter().all(is_text)
        || !header.get("jwk").is_none_or(Value::is_object)
        || !header.get("x5c").is_none_or(is_chain)
    {
        return Err(TokenError::Malformed);
    }
    // The mere presence of `crit` counts (RFC 7515 §4.1.11), because no extension is supported here.
    if header.contains_key("crit") {
        return Err(TokenError::Critical);
    }
    let named = header.get("alg").and_then(Value::as_str);
    if named == Some(algorithm.name()) { Ok(()) } else { Err(TokenError::Algorithm) }
}
