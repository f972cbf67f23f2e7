//! Token settings with keys, and handmade tokens.

use hardened::{Environment, Jwt, Loaded, Loader};
use jsonwebtoken::{Algorithm, EncodingKey, crypto::sign};
use serde_json::{Value, json};

/// A key that every rule accepts.
pub const KEY: &str = "Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnMhTqLsDvRcKxJpGfZ";
/// Another key that every rule accepts.
pub const OTHER_KEY: &str = "r1Zf0GpJxKcRvDsLqThMnB0yIwEo1rZx5aUtVeQk6HgF3dYc8NmL4bTs9RzX2qWv";

/// Loads the token settings from these variables, with [`KEY`].
#[track_caller]
pub fn jwt(variables: &[(&'static str, &str)]) -> Loaded<Jwt> {
    let environment = Environment::empty().set("ENVIRONMENT", "production").set("JWT_SECRET_KEY", KEY);
    let environment = variables.iter().fold(environment, |environment, (name, value)| environment.set(name, *value));
    Loader::new().environment(environment).load().unwrap_or_else(|refusal| panic!("{refusal}"))
}

/// Signs a token with any header and any claims.
pub fn signed(header: &Value, claims: &Value, algorithm: Algorithm, key: &str) -> String {
    let message = format!("{}.{}", base64url(header.to_string()), base64url(claims.to_string()));
    let signature = sign(message.as_bytes(), &EncodingKey::from_secret(key.as_bytes()), algorithm).unwrap();
    format!("{message}.{signature}")
}

/// Signs a token with the usual header.
pub fn usual(claims: &Value) -> String {
    signed(&json!({"typ": "JWT", "alg": "HS256"}), claims, Algorithm::HS256, KEY)
}

/// Returns the timestamp this many seconds from now.
pub fn at(seconds: i64) -> i64 {
    i64::try_from(jsonwebtoken::get_current_timestamp()).unwrap() + seconds
}

/// Encodes bytes in URL-safe base64 without padding, as in tokens.
pub fn base64url(bytes: impl AsRef<[u8]>) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.as_ref().chunks(3) {
        let bits = chunk.iter().fold(0, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            text.push(char::from(ALPHABET[(bits >> (18 - 6 * place) & 63) as usize]));
        }
    }
    text
}
