//! A credential: a secret that somebody else issued.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

/// A credential: an API token, an SMTP password, whatever somebody else issued. Its strength is the issuer's business.
///
/// It has no `Display`, `Serialize`, `Deref`, `PartialEq`, `Clone`, `Copy` or `Default`; its `Debug` shows nothing; it
/// wipes its memory when dropped. Reading it is one act, [`expose_text`](Self::expose_text), which a search can find.
///
/// What it cannot guarantee: whoever was handed the exposed text may copy it.
pub struct SecretText(SecretString);

impl SecretText {
    /// Takes the text. What was an exact-capacity `String` is moved, not copied.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(SecretString::from(text))
    }

    /// The secret itself.
    #[must_use]
    pub fn expose_text(&self) -> &str {
        self.0.expose_secret()
    }

    /// Compares in constant time: how long it takes depends on the lengths only.
    #[must_use]
    pub fn matches(&self, candidate: &[u8]) -> bool {
        self.expose_text().as_bytes().ct_eq(candidate).into()
    }
}

/// Shows the type alone.
impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText([redacted])")
    }
}
