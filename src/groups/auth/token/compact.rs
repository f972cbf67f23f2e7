//! Splits a token into its three parts: RFC 7515 §7.1.

use std::fmt;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, Visitor},
};
use serde_json::{Map, Value};

use super::TokenError;

/// The maximum length of a token in bytes. A longer one is refused without being parsed.
const MAX_BYTES: usize = 16 * 1024;

/// The parts of a token, not yet checked.
#[derive(Clone, Copy)]
pub(super) struct Compact<'a> {
    header: &'a str,
    claims: &'a str,
    /// The signed text: header and claims as they were sent.
    pub(super) message: &'a str,
    pub(super) signature: &'a str,
}

impl<'a> Compact<'a> {
    pub(super) fn split(token: &'a str) -> Result<Self, TokenError> {
        if token.len() > MAX_BYTES {
            return Err(TokenError::Malformed);
        }
        let (message, signature) = token.rsplit_once('.').ok_or(TokenError::Malformed)?;
        let (header, claims) = message.split_once('.').ok_or(TokenError::Malformed)?;
        Ok(Self { header, claims, message, signature })
    }

    pub(super) fn header(self) -> Result<Map<String, Value>, TokenError> {
        object(self.header).ok_or(TokenError::Malformed)
    }

    pub(super) fn claims(self) -> Result<Map<String, Value>, TokenError> {
        object(self.claims).ok_or(TokenError::Claims)
    }
}

/// Parses a JSON object in which each name appears once. RFC 7515 §4 and RFC 7519 §4 allow a reader to refuse any other;
/// otherwise two readers could see two different tokens.
fn object(part: &str) -> Option<Map<String, Value>> {
    let json = BASE64_URL_SAFE_NO_PAD.decode(part).ok()?;
    let Unique(members) = serde_json::from_slice(&json).ok()?;
    Some(members)
}

struct Unique(Map<String, Value>);

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members).map(Self)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut members = Map::new();
        while let Some((name, value)) = access.next_entry::<String, Value>()? {
            if members.insert(name, value).is_some() {
                return Err(A::Error::custom("a name appears twice"));
            }
        }
        Ok(members)
    }
}
