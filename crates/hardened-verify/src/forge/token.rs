//! Parses and assembles JSON Web Tokens (RFC 7519) with three parts (RFC 7515).

use serde_json::{Map, Value};

use super::{base64, sign::Hmac};

/// A signed token.
#[derive(Clone)]
pub(crate) struct Token {
    pub(crate) header: Map<String, Value>,
    pub(crate) claims: Map<String, Value>,
    /// The three parts as they were sent.
    parts: [String; 3],
}

impl Token {
    /// Parses a token; `None` if it is another kind of token.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().split('.');
        let parts = [parts.next()?, parts.next()?, parts.next().filter(|_| parts.next().is_none())?];
        let [header, claims, _] = parts;
        let object = |part: &str| match serde_json::from_slice(&base64::decode(part)?).ok()? {
            Value::Object(map) => Some(map),
            _ => None,
        };
        let header = object(header)?;
        header.get("alg")?.as_str()?;
        Some(Self { header, claims: object(claims)?, parts: parts.map(str::to_owned) })
    }

    pub(crate) fn algorithm(&self) -> &str {
        self.header.get("alg").and_then(Value::as_str).unwrap_or_default()
    }

    pub(crate) fn hmac(&self) -> Option<Hmac> {
        Hmac::of(self.algorithm())
    }

    pub(crate) fn key_id(&self) -> Option<&str> {
        self.header.get("kid")?.as_str()
    }

    /// Returns the signed part: the encoded header and claims.
    pub(crate) fn signed(&self) -> String {
        let [header, claims, _] = &self.parts;
        format!("{header}.{claims}")
    }

    pub(crate) fn signature(&self) -> Option<Vec<u8>> {
        base64::decode(&self.parts[2])
    }

    /// Returns the signature as it was sent.
    pub(crate) fn signature_text(&self) -> &str {
        &self.parts[2]
    }

    /// Returns the header with another algorithm.
    pub(crate) fn header_with(&self, algorithm: &str) -> Map<String, Value> {
        let mut header = self.header.clone();
        header.insert("alg".to_owned(), algorithm.into());
        header
    }

    /// Returns the claims with another value for one of them.
    pub(crate) fn claims_with(&self, name: &str, value: impl Into<Value>) -> Map<String, Value> {
        let mut claims = self.claims.clone();
        claims.insert(name.to_owned(), value.into());
        claims
    }

    pub(crate) fn claims_without(&self, name: &str) -> Map<String, Value> {
        let mut claims = self.claims.clone();
        claims.remove(name);
        claims
    }
}

/// Encodes a header and claims, as they are signed.
pub(crate) fn unsigned(header: &Map<String, Value>, claims: &Map<String, Value>) -> String {
    join(header, &Value::from(claims.clone()).to_string())
}

/// Encodes a header, and claims as a text that a JSON library might not write.
pub(crate) fn join(header: &Map<String, Value>, claims: &str) -> String {
    format!("{}.{}", base64::url(Value::from(header.clone()).to_string().as_bytes()), base64::url(claims.as_bytes()))
}

/// Assembles a token from the signed part and its signature.
pub(crate) fn finished(signed: &str, signature: &[u8]) -> String {
    format!("{signed}.{}", base64::url(signature))
}
