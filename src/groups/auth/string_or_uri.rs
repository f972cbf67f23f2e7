//! The names of issuers and audiences.

use hardened_strength::in_text;

use crate::{Setting, Violation, message, schema::Kind, secret::shown_as};

/// A name for a token's issuer or audience: a URL, a URN or a word (`StringOrURI`, RFC 7519 §2).
///
/// It must not contain a secret, because anyone who has a token can read it.
///
/// # Errors
///
/// Returns `setting-malformed` for line breaks and other control characters, for a URL with a user name or password,
/// and for a text that is evidently a secret.
#[derive(Debug)]
pub(super) struct StringOrUri(String);

impl StringOrUri {
    /// Returns the exact text.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Setting for StringOrUri {
    const KIND: Kind = Kind::Text;

    fn parse(text: &str) -> Result<Self, Violation> {
        if text.contains(char::is_control) {
            return Err(Violation::malformed("must be a name or a URL on one line"));
        }
        match in_text(text).and_then(shown_as) {
            Some(found) => Err(Violation::malformed(message!(found, ", which every holder of a token could read"))
                .remedy("set a public name or URL, such as https://issuer.example.com/")),
            None => Ok(Self(text.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_an_issuer_holds_no_secret() {
        for (text, accepted) in [
            ("https://issuer.example.com/", true),
            ("https://tenant.eu.auth0.com/", true),
            ("urn:example:billing", true),
            ("api://2f6d1d3c-2f1b-4b0c-9e1b-0d2f6f3c1a2b", true),
            ("1234567890-abcdefghijklmnopqrstuvwx.apps.googleusercontent.com", true),
            ("arn:aws:iam::123456789012:role/api", true),
            ("spiffe://example.org/billing", true),
            ("localhost:8080", true),
            ("Example: production", true),
            ("billing", true),
            ("https://user:hunter2@issuer.example.com/", false),
            ("https://hunter2@issuer.example.com/", false),
            ("-----BEGIN PRIVATE KEY-----\nMC4CAQ", false),
            ("-----BEGIN PRIVATE KEY-----\\nMC4CAQ", false),
            ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_", false),
            ("sk_live_51H8aBcDeFgHiJk", false),
            ("https://issuer.example.com/\nx", false),
        ] {
            assert_eq!(StringOrUri::parse(text).is_ok(), accepted, "{text}");
        }
    }
}
