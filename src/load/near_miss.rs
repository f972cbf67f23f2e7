//! The variable that was probably meant.

use hardened_core::text::distance;

use super::{place::Place, session::Session};
use crate::Name;

/// The shortest name that is searched for misspellings: shorter ones resemble everything.
const MIN_LETTERS: usize = 5;
/// How many letters may differ.
const MAX_DISTANCE: usize = 2;

impl Session {
    /// A variable that is set, belongs to no setting, and resembles a variable of this one.
    pub(super) fn near_miss(&mut self, place: &Place) -> Option<Name> {
        self.list_strangers();
        let strangers = self.sources.strangers.as_deref().unwrap_or_default();
        let resembles = |stranger: &&Name| place.names().any(|wanted| resemble(wanted.as_str(), stranger.as_str()));
        strangers.iter().find(resembles).cloned()
    }

    /// Lists the variables that belong to no setting, once.
    fn list_strangers(&mut self) {
        if self.sources.strangers.is_some() {
            return;
        }
        let declared = self.sources.schema.settings();
        let known = self.sources.known.as_slice();
        let is_known = |name: &str| {
            let twin = name.strip_suffix("_FILE");
            let same = |declared: &str| declared == name || Some(declared) == twin;
            known.iter().any(|name| same(name))
                || declared.iter().flat_map(|setting| setting.variables()).any(|name| same(name.as_str()))
        };
        let in_dotenv = self.sources.dotenv.entries.iter().map(|entry| entry.name.as_str());
        let strangers = self
            .environment
            .names()
            .filter_map(|name| name.to_str())
            .chain(in_dotenv)
            .filter(|name| name.len() >= MIN_LETTERS && !is_known(name))
            .filter_map(Name::found)
            .collect();
        self.sources.strangers = Some(strangers);
    }
}

/// Whether one name is probably a misspelling of the other: case apart, at most two letters differ, not the first.
fn resemble(wanted: &str, found: &str) -> bool {
    let (wanted, found) = (wanted.as_bytes(), found.trim().as_bytes());
    let same_first = match (wanted.first(), found.first()) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        _ => false,
    };
    same_first
        && wanted.len() >= MIN_LETTERS
        && wanted.len().abs_diff(found.len()) <= MAX_DISTANCE
        && distance(wanted, found) <= MAX_DISTANCE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelling_is_at_most_two_letters_away() {
        for (wanted, found, expected) in [
            ("CORS_ORIGINS", "CORS_ORIGIN", true),
            ("CORS_ORIGINS", "CORS_ORIGIN_", true),
            ("CORS_ORIGINS", "CORS_ORGINS", true),
            ("CORS_ORIGINS", "CROS_ORIGINS", true),
            ("CORS_ORIGINS", "cors_origins", true),
            ("CORS_ORIGINS", "CORS_ORIGINS ", true),
            ("CORS_ORIGINS", "CORS_ORIG", false),
            ("CORS_ORIGINS", "XORS_ORIGINS", false),
            ("JWT_SECRET_KEY", "JWT_SECRET", false),
            ("PORT", "PORTS", false),
            ("DEBUG", "DEBUGG", true),
        ] {
            assert_eq!(resemble(wanted, found), expected, "{wanted} {found}");
        }
    }
}
