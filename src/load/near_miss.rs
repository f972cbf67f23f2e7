//! The variable that was probably meant.

use hardened_core::text;

use super::{habits::fit, place::Place, session::Session};
use crate::finding::Name;

/// The shortest name that is searched for misspellings: shorter ones resemble everything.
const MIN_LETTERS: usize = 5;

impl Session {
    /// A variable that is set, belongs to no setting, and resembles a variable of this one, or is what people call it.
    pub(super) fn near_miss(&mut self, place: &Place) -> Option<Name> {
        self.misspelling(place).or_else(|| {
            let strangers = self.sources.strangers.as_deref().unwrap_or_default();
            let fit =
                |stranger: &&Name| place.names().filter_map(|wanted| fit(wanted.as_str(), stranger.as_str())).min();
            strangers
                .iter()
                .filter_map(|stranger| Some((fit(&stranger)?, stranger)))
                .min()
                .map(|(_, name)| name.clone())
        })
    }

    /// A variable that is set, belongs to no setting, and resembles a variable of this one.
    pub(super) fn misspelling(&mut self, place: &Place) -> Option<Name> {
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
        let in_dotenv = self.sources.dotenv.iter().flat_map(|file| &file.entries).map(|entry| entry.name.as_str());
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

/// Whether a variable that is set was probably meant to be a wanted one.
fn resemble(wanted: &str, found: &str) -> bool {
    slips(wanted, found).is_some()
}

/// Whether they differ by one letter more, less or other, or by two that changed places.
pub(super) fn is_slip(wanted: &str, found: &str) -> bool {
    slips(wanted, found).is_some_and(|slips| slips <= 1)
}

fn slips(wanted: &str, found: &str) -> Option<usize> {
    if wanted.len() >= MIN_LETTERS { text::misspelling(found.trim(), wanted) } else { None }
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

    #[test]
    fn one_slip_is_one_letter_two_that_changed_places_or_a_plural() {
        for (wanted, found, expected) in [
            ("CORS_ORIGINS", "CORS_ORIGIN", true),
            ("LOG_LEVEL", "LOG_LEVELS", true),
            ("CORS_ORIGINS", "CROS_ORIGINS", true),
            ("CORS_ORIGINS", "cors_origins", true),
            ("CORS_ORIGINS", "CORS_ORGNIS", false),
            ("CORS_ORIGINS", "CORS_ORIG", false),
            ("PORT", "PORTS", false),
        ] {
            assert_eq!(is_slip(wanted, found), expected, "{wanted} {found}");
        }
    }
}
