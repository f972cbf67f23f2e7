//! Credentials: secrets that someone else issued.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

/// A credential: an API token, an SMTP password, or another secret that someone else issued. Its strength is up to the
/// issuer.
///
/// It has no `Display`, `Serialize`, `Deref`, `PartialEq`, `Clone`, `Copy` or `Default`; its `Debug` shows nothing; it
/// wipes its memory when dropped. Reading it takes an explicit call, [`expose_text`](Self::expose_text), which is easy to
/// search for.
///
/// What it cannot guarantee: any code that receives the exposed text may copy it.
pub struct SecretText(SecretString);

impl SecretText {
    /// Wraps the text. A `String` without spare capacity is moved, not copied.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(SecretString::from(text))
    }

    /// Returns the secret itself.
    #[must_use]
    pub fn expose_text(&self) -> &str {
        self.0.expose_secret()
    }

    /// Compares in constant time: the duration depends only on the lengths.
    #[must_use]
    pub fn matches(&self, candidate: &[u8]) -> bool {
        self.expose_text().as_bytes().ct_eq(candidate).into()
    }
}

/// Shows only the name of the type.
impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText([redacted])")
    }
}
