//! The variables that are set and belong to no setting: one of them may be a misspelling of a missing one.

use hardened_core::text;

use super::common_names::fit;
use crate::{
    finding::Name,
    schema::Place,
    source::{KnownNames, Sources},
};

/// The length of the shortest name that is checked for misspellings: shorter names resemble too many others.
const MIN_LETTERS: usize = 5;

/// The variables that belong to no setting.
pub(super) struct UnknownVariables(Vec<Name>);

impl UnknownVariables {
    /// Collects the variables that belong to no setting.
    pub(super) fn of(sources: &Sources, known: &KnownNames) -> Self {
        let is_unknown = |name: &&str| name.len() >= MIN_LETTERS && !known.contains(name);
        Self(sources.names().filter(is_unknown).filter_map(Name::found).collect())
    }

    /// Returns a variable that resembles one of the setting's, or is a common name for it.
    pub(super) fn near_miss(&self, place: &Place) -> Option<Name> {
        let by_habit = || {
            let fit = |unknown: &Name| place.names().filter_map(|wanted| fit(wanted.as_str(), unknown.as_str())).min();
            self.0.iter().filter_map(|unknown| Some((fit(unknown)?, unknown))).min().map(|(_, name)| name.clone())
        };
        self.misspelling(place).or_else(by_habit)
    }

    /// Returns a variable that differs from a name by one slip. White space around the name is a separate finding.
    pub(super) fn slip(&self, wanted: &str) -> Option<&Name> {
        self.0.iter().find(|unknown| unknown.as_str().trim() != wanted && is_slip(wanted, unknown.as_str()))
    }

    /// Returns a variable that resembles one of the setting's.
    pub(super) fn misspelling(&self, place: &Place) -> Option<Name> {
        let resembles = |unknown: &&Name| place.names().any(|wanted| resemble(wanted.as_str(), unknown.as_str()));
        self.0.iter().find(resembles).cloned()
    }
}

/// Returns whether a variable that is set was probably meant to be the wanted one.
fn resemble(wanted: &str, found: &str) -> bool {
    slips(wanted, found).is_some()
}

/// Returns whether two names differ by one inserted, missing or changed letter, or by two swapped letters.
pub(super) fn is_slip(wanted: &str, found: &str) -> bool {
    slips(wanted, found).is_some_and(|slips| slips <= 1)
}

fn slips(wanted: &str, found: &str) -> Option<usize> {
    let slips = if wanted.len() >= MIN_LETTERS { text::misspelling(found.trim(), wanted) } else { None };
    slips.filter(|slips| *slips < 2 || !is_another_word(wanted, found.trim()))
}

/// Returns whether two names differ in one short word, which two slips turn into another word: `SMTP_HOST` and `SMTP_PORT`.
fn is_another_word(wanted: &str, found: &str) -> bool {
    let differing: Vec<_> = wanted.split('_').zip(found.split('_')).filter(|(one, other)| one != other).collect();
    let are_as_many = wanted.split('_').count() == found.split('_').count();
    are_as_many && matches!(differing.as_slice(), [(word, other)] if word.len().max(other.len()) < MIN_LETTERS)
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
            ("SMTP_HOST", "SMTP_PORT", false),
            ("SMTP_HOST", "SMTP_HOTS", true),
            ("SMTP_HOST", "SMPT_HOTS", true),
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
