//! A credential that is a JSON document.

use std::fmt;

use super::SecretText;

/// A credential that its issuer hands out as a JSON object, such as the key file of a Google service account.
///
/// Like [`SecretText`] it has no `Display`, `Serialize`, `Deref`, `PartialEq`, `Clone`, `Copy` or `Default`; its `Debug`
/// shows nothing; it wipes its memory when dropped. The text is kept as it was set: parse what
/// [`expose_text`](Self::expose_text) returns with the issuer's library.
///
/// It cannot guarantee that the document is complete, or that its issuer accepts it.
///
/// ```
/// use hardened::{SecretJson, Setting};
///
/// assert!(SecretJson::parse(r#"{"type":"service_account"}"#).is_ok());
/// assert!(SecretJson::parse("not JSON").is_err());
/// ```
pub struct SecretJson(SecretText);

impl SecretJson {
    /// Takes the text of a JSON object; none if it is not one.
    #[must_use]
    pub fn new(text: String) -> Option<Self> {
        // Read for its form only: nothing of it is kept.
        let is_object =
            text.trim_start().starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
        is_object.then(|| Self(SecretText::new(text)))
    }

    /// The document, as it was set.
    #[must_use]
    pub fn expose_text(&self) -> &str {
        self.0.expose_text()
    }
}

/// Shows the type alone.
impl fmt::Debug for SecretJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretJson([redacted])")
    }
}
