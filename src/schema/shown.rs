//! Decides whether reports may show an accepted text.

use std::{net::IpAddr, time::Duration};

use super::{Kind, Setting};
use crate::origin::Origin;

impl Kind {
    /// Returns whether a report may show an accepted text of this kind. The kind alone is not enough: a type may
    /// declare a number and accept more, as `DEBUG` does. The text itself must be a number within the declared bounds,
    /// a declared word, an address and so on.
    #[must_use]
    pub(crate) fn shows(&self, text: &str) -> bool {
        let text = text.trim();
        match self {
            Self::Boolean => bool::parse(text).is_ok(),
            Self::Integer { min, max } => text.parse::<i128>().is_ok_and(|number| (*min..=*max).contains(&number)),
            Self::Decimal => f64::parse(text).is_ok(),
            Self::Duration => Duration::parse(text).is_ok(),
            Self::Choice(words) => words.iter().any(|word| is_same_word(word, text)),
            Self::Origin => is_web_origin(text),
            Self::Address => {
                let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
                text.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok()
            }
            Self::SocketAddress => std::net::SocketAddr::parse(text).is_ok(),
            Self::List { of } => text.is_empty() || text.split(',').all(|item| of.shows(item)),
            _ => false,
        }
    }
}

/// Returns whether a text is a web origin or a pattern of them. Browsers send the origin with requests, so it is not a
/// secret.
fn is_web_origin(text: &str) -> bool {
    let is_web = |origin: &Origin| origin.is_web();
    #[cfg(feature = "cors")]
    if let Ok(pattern) = <crate::origin::OriginPattern as Setting>::parse(text) {
        return is_web(pattern.base());
    }
    Origin::parse(text).is_ok_and(|origin| is_web(&origin))
}

fn is_same_word(word: &str, text: &str) -> bool {
    let plain = |byte: u8| if byte == b'_' { b'-' } else { byte.to_ascii_lowercase() };
    word.len() == text.len() && word.bytes().map(plain).eq(text.bytes().map(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_of_its_kind_is_not_shown() {
        for (kind, text, shown) in [
            (Kind::Boolean, "true", true),
            (Kind::Boolean, "app:*", false),
            (Kind::Integer { min: 0, max: 99999 }, "0012345", true),
            (Kind::Integer { min: 0, max: 9 }, "hunter2", false),
            (Kind::Decimal, "0.5", true),
            (Kind::Duration, "30s", true),
            (Kind::Duration, "hunter2", false),
            (Kind::Integer { min: 0, max: 9 }, "9", true),
            (Kind::Integer { min: 0, max: 9 }, "10", false),
            (Kind::Choice(&["info"]), "INFO", true),
            (Kind::Choice(&["http-only"]), "HTTP_only", true),
            (Kind::Choice(&["info"]), "a b", false),
            (Kind::Choice(&["info"]), "hunter2", false),
            (Kind::Origin, "https://app.example.com", true),
            (Kind::Origin, "https://user:pass@app.example.com", false),
            (Kind::Address, "[::]", true),
            (Kind::Address, "db.internal", false),
            (Kind::Address, "deadbeefdeadbeef", false),
            (Kind::Address, "LocalHost", true),
            (Kind::SocketAddress, "127.0.0.1:80", true),
            (Kind::SocketAddress, "cafe:80", false),
            (Kind::Origin, "https://*.example.com", cfg!(feature = "cors")),
            (Kind::Origin, "https://hooks.example.com/T0/B0/secret", false),
            (Kind::Origin, "hunter2://x", false),
            (Kind::Text, "plain", false),
            (Kind::List { of: &Kind::Origin }, "https://a.example, https://b.example", true),
            (Kind::List { of: &Kind::Text }, "a,b", false),
        ] {
            assert_eq!(kind.shows(text), shown, "{kind:?} {text:?}");
        }
    }
}
