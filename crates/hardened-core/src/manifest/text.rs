//! Values that documents contain as text, with their formats, and the types [`UrlPath`] and [`HttpToken`].

use std::fmt;

use crate::{
    document::described::texts,
    origin::{Origin, OriginPattern},
    rule::Level,
    text::is_invisible,
    tier::Tier,
};

texts! {
    Tier: "one of development, test, preview, production",
        serde_json::json!({ "enum": ["development", "test", "preview", "production"] }),
        |text| Self::ALL.into_iter().find(|tier| tier.name() == text),
        |tier| tier.name();
    Level: "one of refuse, warn, note, off",
        serde_json::json!({ "enum": ["refuse", "warn", "note", "off"] }),
        |text| match text {
            "refuse" => Some(Self::Refuse),
            "warn" => Some(Self::Warn),
            "note" => Some(Self::Note),
            "off" => Some(Self::Off),
            _ => None,
        },
        |level| match level {
            Self::Refuse => "refuse",
            Self::Warn => "warn",
            Self::Note => "note",
            Self::Off => "off",
        };
    Origin: "a web origin such as https://app.example.com",
        serde_json::json!({ "type": "string", "pattern": "^[a-z][a-z0-9+.-]*://[^/]+$" }),
        |text| Self::parse(text).ok(),
        |origin| origin.as_str().to_owned();
    OriginPattern: "a web origin such as https://app.example.com, or a pattern such as https://*.example.com",
        serde_json::json!({ "type": "string", "pattern": "^[a-z][a-z0-9+.-]*://[^/]+$" }),
        |text| Self::parse(text).ok(),
        |pattern| pattern.to_string();
    UrlPath: "a path that begins with one slash, such as /health",
        serde_json::json!({ "type": "string", "pattern": "^/([^/\\\\?#\\s][^\\\\?#\\s]*)?$" }),
        |text| is_path(text).then(|| Self(text.into())),
        |path| path.as_str().to_owned();
    HttpToken: "a word of letters, digits and hyphens, such as GET or content-type",
        serde_json::json!({ "type": "string", "pattern": "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$" }),
        |text| is_token(text).then(|| Self(text.into())),
        |token| token.as_str().to_owned();
}

/// The path of a URL. It begins with exactly one slash, so that it cannot lead to another host.
///
/// ```
/// use hardened_core::manifest::UrlPath;
///
/// assert_eq!(UrlPath::from("health").as_str(), "/health");
/// assert_eq!(UrlPath::from("//evil.example/a b").as_str(), "/evil.example/a%20b");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UrlPath(Box<str>);

/// An HTTP method or header name: a `token` of RFC 9110 §5.6.2.
///
/// ```
/// use hardened_core::manifest::HttpToken;
///
/// assert_eq!(HttpToken::from("content-type").as_str(), "content-type");
/// assert_eq!(HttpToken::from("x-a: b\r\n").as_str(), "x-ab");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HttpToken(Box<str>);

impl UrlPath {
    /// Returns the path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl HttpToken {
    /// Returns the token as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Ensures exactly one leading slash and percent-encodes characters that a path cannot contain.
impl From<&str> for UrlPath {
    fn from(text: &str) -> Self {
        let mut path = String::from("/");
        for symbol in text.trim_start_matches(['/', '\\']).chars() {
            if is_of_path(symbol) {
                path.push(symbol);
            } else {
                let mut bytes = [0; 4];
                symbol.encode_utf8(&mut bytes).bytes().for_each(|byte| path.push_str(&format!("%{byte:02X}")));
            }
        }
        Self(path.into())
    }
}

/// Drops characters that a token cannot contain. If nothing is left, the token is `-`.
impl From<&str> for HttpToken {
    fn from(text: &str) -> Self {
        let kept: String = text.chars().filter(|symbol| is_of_token(*symbol)).collect();
        Self(if kept.is_empty() { "-".into() } else { kept.into() })
    }
}

impl fmt::Display for UrlPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Display for HttpToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(any(feature = "documents", test))]
fn is_path(text: &str) -> bool {
    text.strip_prefix('/').is_some_and(|rest| !rest.starts_with('/') && rest.chars().all(is_of_path))
}

/// Returns whether a path may contain the character. A backslash is excluded, because browsers treat it as a slash.
fn is_of_path(symbol: char) -> bool {
    !matches!(symbol, '?' | '#' | '\\') && !symbol.is_whitespace() && !symbol.is_control() && !is_invisible(symbol)
}

#[cfg(any(feature = "documents", test))]
fn is_token(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_of_token)
}

fn is_of_token(symbol: char) -> bool {
    symbol.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(symbol)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_cannot_lead_to_another_host() {
        for (text, accepted) in [
            ("/", true),
            ("/health", true),
            ("/tasks/{id}", true),
            ("/a//b", true),
            ("/%64ocs", true),
            ("//evil.example", false),
            ("/\\evil.example", false),
            ("health", false),
            ("https://evil.example/", false),
            ("/a?b", false),
            ("/a#b", false),
            ("/a b", false),
            ("/a\r\nb", false),
            ("", false),
        ] {
            assert_eq!(is_path(text), accepted, "{text:?}");
            assert!(is_path(UrlPath::from(text).as_str()), "{text:?}");
        }
    }

    #[test]
    fn a_token_is_one_word() {
        for (text, accepted) in
            [("GET", true), ("x-request-id", true), ("*", true), ("", false), ("a b", false), ("a:b", false)]
        {
            assert_eq!(is_token(text), accepted, "{text:?}");
            assert!(is_token(HttpToken::from(text).as_str()), "{text:?}");
        }
    }
}
