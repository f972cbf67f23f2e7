//! Tokens that must not be accepted, each made from a good one.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use hardened::{Jwt, Loader};
use serde_json::json;

use super::{client::Failure, service};
use crate::user::User;

/// `{"alg":"none"}` instead of the header, and nothing instead of the signature.
pub(super) fn unsigned(token: &str) -> String {
    let claims = token.split('.').nth(1).unwrap_or_default();
    format!("{}.{claims}.", BASE64_URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#))
}

/// The claims of somebody else under the signature of a good token.
pub(super) fn altered(token: &str, other: &str) -> String {
    let part = |token: &str, number| token.split('.').nth(number).unwrap_or_default().to_owned();
    format!("{}.{}.{}", part(token, 0), part(other, 1), part(token, 2))
}

/// Signed well, with a key of the forger's own.
pub(super) fn with_another_key(user: User) -> Result<String, Failure> {
    let jwt = Loader::new().environment(service::environment("production")).load::<Jwt>()?;
    Ok(jwt.signer().sign(&user)?)
}

/// Signed with the service's own key, and over for an hour.
pub(super) fn expired(jwt: &Jwt, user: User) -> Result<String, Failure> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_secs();
    Ok(jwt.signer().sign(&json!({ "sub": user.id, "exp": now.saturating_sub(3600) }))?)
}

/// Signed with the empty key, as a service accepts whose key is an environment variable that nobody set; valid until
/// the year 2100.
pub(super) const WITH_THE_EMPTY_KEY: &str = concat!(
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
    ".eyJzdWIiOiIwMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDAiLCJleHAiOjQxMDI0NDQ4MDB9",
    ".D_JXJV6XHFWATwWZti_ehOzBuwtM_x1A0pxNWH6LH8Y",
);
