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
    /// Wraps the text of a JSON object. Returns `None` if the text is not a JSON object, or the object is empty.
    #[must_use]
    pub fn new(text: String) -> Option<Self> {
        // Parsed only to check the syntax: nothing is kept.
        let is_object = text.trim_start().strip_prefix('{').is_some_and(|inside| !inside.trim_start().starts_with('}'))
            && serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
        is_object.then(|| Self(SecretText::new(text)))
    }

    /// Returns the text of the document, as it was set.
    #[must_use]
    pub fn expose_text(&self) -> &str {
        self.0.expose_text()
    }
}

/// Returns whether a value in the text of a JSON object is an example, judged by how it begins: `"your-project-id"`,
/// `"<key>"`, or a private key that is not one. Other placeholder texts do not count, because names of members and some
/// real values look like them.
pub(super) fn has_example(text: &str) -> bool {
    let begins = |value: &str| {
        let is = |start: &str| value.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start));
        is("your") || is("<") || is("-----BEGIN ")
    };
    text.split('"').any(|value| begins(value) && hardened_strength::is_placeholder(value.as_bytes()))
}

/// Shows only the name of the type.
impl fmt::Debug for SecretJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretJson([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_with_something_in_it_is_a_document() {
        for (text, expected) in [
            (r#"{"type":"service_account"}"#, true),
            (" {\n \"a\": {} }\n", true),
            ("{}", false),
            ("{ \n }", false),
            ("[]", false),
            ("null", false),
            (r#"{"a":1"#, false),
            (r#"'{"a":1}'"#, false),
        ] {
            assert_eq!(SecretJson::new(text.to_owned()).is_some(), expected, "{text}");
        }
    }

    #[test]
    fn a_document_of_an_example_is_known_by_its_values() {
        for (text, expected) in [
            (r#"{"project_id":"your-project-id"}"#, true),
            (r#"{"project_id":"YOUR_PROJECT_ID"}"#, true),
            (r#"{"private_key":"<your private key>"}"#, true),
            (r#"{"private_key":"-----BEGIN PRIVATE KEY-----\nYOUR_PRIVATE_KEY\n-----END PRIVATE KEY-----\n"}"#, true),
            (r#"{"private_key":"-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----\n"}"#, true),
            (r#"{"private_key":"-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----\n"}"#, false),
            (r#"{"type":"service_account","client_secret":"d-8Kx2","token":""}"#, false),
            (r#"{"project_id":"yourstory-prod"}"#, false),
        ] {
            assert_eq!(has_example(text), expected, "{text}");
        }
    }
}
