//! The names of the tiers, and how a value is read as one of them.
//!
//! A service that compared `environment == "production"` started without its protections for `Production`, for `prod`
//! and for a trailing space. Here these are read as what they mean, and the report says that the value should be
//! written plainly. A value counts as a laxer tier than Production only when it *is* one of the names below.

use std::borrow::Cow;

use super::{
    Tier, suggest,
    words::{Alias, NAMES},
};
use crate::text::{is_invisible, without_invisible};

/// What a value means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParsedTier {
    /// Nothing, white space, invisible characters, or empty quotes.
    Blank,
    /// A name of a tier.
    Known {
        /// The tier.
        tier: Tier,
        /// The name as the table above spells it, or as the service does.
        name: &'static str,
        /// What had to be dropped to recognise it.
        blemish: Option<Blemish>,
    },
    /// Not the name of a tier.
    Unknown {
        /// The name that was probably meant; always one of Production or Preview.
        suggestion: Option<&'static str>,
    },
}

/// What was dropped from a value to recognise it: the least visible one counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blemish {
    /// Characters that are not seen, such as a byte order mark.
    Invisible,
    /// A pair of quotes.
    Quotes,
    /// White space around it.
    WhiteSpace,
    /// Upper case.
    Case,
}

/// Reads a value.
///
/// Invisible characters are dropped wherever they stand, then white space at the ends, one pair of matching quotes, and
/// white space inside these. Case is folded in ASCII only, for every name is ASCII.
#[must_use]
pub fn parse(text: &str, own: &[Alias]) -> ParsedTier {
    let visible = without_invisible(text);
    let trimmed = visible.trim();
    let unquoted = without_quotes(trimmed);
    let plain = unquoted.unwrap_or(trimmed).trim();
    if plain.is_empty() {
        return ParsedTier::Blank;
    }
    let Some((name, tier)) = find(plain, own) else {
        return ParsedTier::Unknown { suggestion: suggest::nearest(plain, own) };
    };
    let blemish = if matches!(visible, Cow::Owned(_)) {
        Some(Blemish::Invisible)
    } else if unquoted.is_some() {
        Some(Blemish::Quotes)
    } else if plain.len() < text.len() {
        Some(Blemish::WhiteSpace)
    } else if plain != name {
        Some(Blemish::Case)
    } else {
        None
    };
    ParsedTier::Known { tier, name, blemish }
}

/// The tier of a plain name. Where a service gives another meaning to a known name, the stricter one counts.
fn find(plain: &str, own: &[Alias]) -> Option<Alias> {
    let is = |name: &&str| name.eq_ignore_ascii_case(plain);
    let known = NAMES.iter().find_map(|(tier, names)| Some((*names.iter().copied().find(is).as_ref()?, *tier)));
    let added = own.iter().copied().filter(|(name, _)| is(name)).max_by_key(|(_, tier)| *tier);
    match (known, added) {
        (Some(known), Some(added)) => Some(if added.1 > known.1 { added } else { known }),
        (known, added) => known.or(added),
    }
}

/// White space, or a character that is not seen.
#[must_use]
pub fn is_blank(symbol: char) -> bool {
    symbol.is_whitespace() || is_invisible(symbol)
}

fn without_quotes(text: &str) -> Option<&str> {
    ['"', '\''].into_iter().find_map(|quote| text.strip_prefix(quote)?.strip_suffix(quote))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(tier: Tier, name: &'static str, blemish: Option<Blemish>) -> ParsedTier {
        ParsedTier::Known { tier, name, blemish }
    }

    #[test]
    fn every_name_means_its_tier_however_it_is_written() {
        for (tier, names) in NAMES {
            for &name in names {
                let upper = name.to_ascii_uppercase();
                let middle = name.len() / 2;
                let (head, tail) = name.split_at(middle);
                for (text, blemish) in [
                    (name.to_owned(), None),
                    (upper.clone(), Some(Blemish::Case)),
                    (format!("{}{}", name[..1].to_uppercase(), &name[1..]), Some(Blemish::Case)),
                    (format!("{name} "), Some(Blemish::WhiteSpace)),
                    (format!(" \t{name}\r\n"), Some(Blemish::WhiteSpace)),
                    (format!("\u{a0}{name}\u{2003}\u{3000}\u{85}"), Some(Blemish::WhiteSpace)),
                    (format!("\"{name}\""), Some(Blemish::Quotes)),
                    (format!("' {upper} '\n"), Some(Blemish::Quotes)),
                    (format!("\u{feff}{name}"), Some(Blemish::Invisible)),
                    (format!("{head}\u{200b}{tail}"), Some(Blemish::Invisible)),
                    (format!("\u{200d}\"\u{2060}{upper}\u{200c}\" "), Some(Blemish::Invisible)),
                ] {
                    assert_eq!(parse(&text, &[]), known(tier, name, blemish), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn a_name_belongs_to_one_tier() {
        let all: Vec<_> = NAMES.iter().flat_map(|(_, names)| names.iter()).collect();
        let distinct: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!((all.len(), distinct.len()), (31, 31));
    }

    #[test]
    fn the_documentation_of_the_tier_lists_every_name() {
        let documentation = include_str!("mod.rs");
        for name in NAMES.iter().flat_map(|(_, names)| *names) {
            assert!(documentation.contains(&format!("`{name}`")), "{name}");
        }
    }

    #[test]
    fn nothing_that_can_be_seen_is_blank() {
        for text in ["", " ", "\t\r\n", "\u{a0}", "\u{200b}", "\u{feff}", "\"\"", "''", "\" \"", " '\u{200b}' "] {
            assert_eq!(parse(text, &[]), ParsedTier::Blank, "{text:?}");
        }
    }

    #[test]
    fn what_only_resembles_a_name_is_unknown() {
        for text in [
            "developement",
            "develop",
            "devel",
            "dev elopment",
            "\"dev",
            "dev'",
            "'dev\"",
            "\"\"dev\"\"",
            "\"'test'\"",
            "dev,prod",
            "dev;",
            "test=1",
            "0",
            "false",
            "ｄｅｖ",
            "de\u{301}v",
            "дev",
            "\u{1b}[0mdev",
            "\"",
        ] {
            assert!(matches!(parse(text, &[]), ParsedTier::Unknown { .. }), "{text:?}");
        }
    }

    #[test]
    fn a_service_can_only_make_a_name_stricter() {
        let own = [("prod-eu", Tier::Production), ("test", Tier::Preview), ("production", Tier::Preview)];
        assert_eq!(parse("PROD-EU", &own), known(Tier::Production, "prod-eu", Some(Blemish::Case)));
        assert_eq!(parse("test", &own), known(Tier::Preview, "test", None));
        assert_eq!(parse("production", &own), known(Tier::Production, "production", None));
        assert_eq!(parse("dev", &own), known(Tier::Development, "dev", None));
    }
}
