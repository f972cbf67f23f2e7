//! Whether an accepted text can be shown.

use std::time::Duration;

use super::{Kind, Setting};

impl Kind {
    /// Whether a report may show an accepted text of this kind. The kind alone is not trusted: a type may declare a
    /// number and accept more, as `DEBUG` does.
    #[must_use]
    pub(crate) fn shows(&self, text: &str) -> bool {
        let text = text.trim();
        let made_of = |extra: &str| text.chars().all(|symbol| symbol.is_ascii_alphanumeric() || extra.contains(symbol));
        match self {
            Self::Boolean => bool::parse(text).is_ok(),
            Self::Integer { .. } => text.parse::<i128>().is_ok(),
            Self::Decimal => f64::parse(text).is_ok(),
            Self::Duration => Duration::parse(text).is_ok(),
            Self::Choice(_) => text.len() <= 32 && made_of("-_"),
            Self::Origin => text.len() <= 320 && text.contains("://") && made_of(".-_:/*[]"),
            Self::Address | Self::SocketAddress => {
                text.eq_ignore_ascii_case("localhost") || text.chars().all(is_of_address)
            }
            Self::List { of } => text.is_empty() || text.split(',').all(|item| of.shows(item)),
            _ => false,
        }
    }
}

fn is_of_address(symbol: char) -> bool {
    symbol.is_ascii_hexdigit() || matches!(symbol, '.' | ':' | '[' | ']')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_of_its_kind_is_not_shown() {
        for (kind, text, shown) in [
            (Kind::Boolean, "true", true),
            (Kind::Boolean, "app:*", false),
            (Kind::Integer { min: 0, max: 9 }, "0012345", true),
            (Kind::Integer { min: 0, max: 9 }, "hunter2", false),
            (Kind::Decimal, "0.5", true),
            (Kind::Duration, "30s", true),
            (Kind::Duration, "hunter2", false),
            (Kind::Choice(&["info"]), "INFO", true),
            (Kind::Choice(&["info"]), "a b", false),
            (Kind::Origin, "https://app.example.com", true),
            (Kind::Origin, "https://user:pass@app.example.com", false),
            (Kind::Address, "[::]", true),
            (Kind::Address, "db.internal", false),
            (Kind::Text, "plain", false),
            (Kind::List { of: &Kind::Origin }, "https://a.example, https://b.example", true),
            (Kind::List { of: &Kind::Text }, "a,b", false),
        ] {
            assert_eq!(kind.shows(text), shown, "{kind:?} {text:?}");
        }
    }
}
