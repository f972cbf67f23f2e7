//! What the header of a token may say.

use serde_json::{Map, Value};

use super::TokenError;
use crate::auth::JwtAlgorithm;

/// Parameters of RFC 7515 §4.1 that are text. What they say of keys is not believed; what has another type was not
/// made by a signer of ours.
const TEXTS: [&str; 8] = ["alg", "cty", "jku", "kid", "typ", "x5t", "x5t#S256", "x5u"];

/// Judges a header: the algorithm that is set and no other, and no extension that must be understood.
pub(super) fn judge(header: &Map<String, Value>, algorithm: JwtAlgorithm) -> Result<(), TokenError> {
    let is_text = |name: &str| header.get(name).is_none_or(Value::is_string);
    let is_chain = |value: &Value| value.as_array().is_some_and(|chain| chain.iter().all(Value::is_string));
    if !TEXTS.into_iter().all(is_text)
        || !header.get("jwk").is_none_or(Value::is_object)
        || !header.get("x5c").is_none_or(is_chain)
    {
        return Err(TokenError::Malformed);
    }
    // By its presence, whatever it holds: RFC 7515 §4.1.11. No extension is understood here.
    if header.contains_key("crit") {
        return Err(TokenError::Critical);
    }
    let named = header.get("alg").and_then(Value::as_str);
    if named == Some(algorithm.name()) { Ok(()) } else { Err(TokenError::Algorithm) }
}
