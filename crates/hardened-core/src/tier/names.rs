//! Parsing of tier names.
//!
//! Code that compares `environment == "production"` starts without its protections for `Production`, `prod` or a trailing
//! space. This parser accepts those spellings, and the report asks for the plain one. A value counts as a laxer tier than
//! Production only if it *is* one of the names in [`NAMES`].

use std::borrow::Cow;

use super::{
    Tier, suggest,
    words::{Alias, NAMES},
};
use crate::text::{is_invisible, without_invisible};

/// The meaning of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParsedTier {
    /// Nothing, white space, invisible characters, or empty quotes.
    Blank,
    /// A name of a tier.
    Known {
        /// The tier.
        tier: Tier,
        /// The name as [`NAMES`] or the service spells it.
        name: &'static str,
        /// What had to be ignored to recognise the name.
        blemish: Option<Blemish>,
    },
    /// A text that is not the name of a tier.
    Unknown {
        /// The name that was probably meant; never one of a tier laxer than Preview.
        suggestion: Option<&'static str>,
    },
}

/// What was ignored in a value to recognise it. If there are several, the least visible one is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blemish {
    /// Invisible characters, such as a byte order mark.
    Invisible,
    /// A pair of quotes.
    Quotes,
    /// White space around the name.
    WhiteSpace,
    /// Upper-case letters.
    Case,
}

/// Parses the value of a tier variable. `own` are the names that the service adds.
///
/// Invisible characters are dropped everywhere, then white space at the ends, one pair of matching quotes, and white space
/// inside them. Only ASCII case is ignored, because every name is ASCII.
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

/// Returns the tier of a plain name. If a service gives a known name another meaning, the stricter tier counts.
fn find(plain: &str, own: &[Alias]) -> Option<Alias> {
    let is = |name: &&str| name.eq_ignore_ascii_case(plain);
    let known = NAMES.iter().find_map(|(tier, names)| Some((*names.iter().copied().find(is).as_ref()?, *tier)));
    let added = own.iter().copied().filter(|(name, _)| is(name)).max_by_key(|(_, tier)| *tier);
    match (known, added) {
        (Some(known), Some(added)) => Some(if added.1 > known.1 { added } else { known }),
        (known, added) => known.or(added),
    }
}

/// Returns whether a character is white space or invisible.
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
