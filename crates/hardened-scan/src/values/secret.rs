//! The values that are searched for, and those that cannot be.

use std::{collections::BTreeSet, fmt};

use hardened_core::finding::Name;
use hardened_strength::{ReferenceKind, in_text, is_placeholder, is_published, is_template, reference, word_margin};
use zeroize::Zeroizing;

use super::{
    form::{Piece, SHORTEST},
    parts,
};
use crate::report::{Counts, Report};

/// The values of secrets to search for, each with its name.
///
/// The values are wiped when dropped, and never shown.
///
/// ```
/// let mut values = hardened_scan::Values::new();
/// values.add("JWT_SECRET_KEY", "kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL0dG6aP3eZqC");
/// values.add("PIN", "1234");
/// assert_eq!(values.searched(), ["JWT_SECRET_KEY"]);
/// ```
#[derive(Default)]
pub struct Values {
    pub(crate) searched: Vec<Value>,
    skipped: Vec<(Name, Piece, &'static str)>,
}

/// A text to search for.
pub(crate) struct Value {
    pub(crate) name: Name,
    pub(crate) piece: Piece,
    pub(crate) bytes: Zeroizing<Vec<u8>>,
}

impl Values {
    /// Creates an empty collection.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the value of a secret, and the parts of it that are secrets themselves: the password in a URL, the entries of a key
    /// ring, the lines of a private key.
    ///
    /// Surrounding white space is dropped. A value that cannot be searched for is noted for the report, with the reason: shorter
    /// than 12 bytes, a placeholder, a reference, a published key, a common word.
    pub fn add(&mut self, name: &str, value: impl AsRef<[u8]>) {
        let name = Name::found(name).unwrap_or(const { Name::declared("a secret without a printable name") });
        let value = value.as_ref().trim_ascii();
        for (piece, bytes) in parts::of(value) {
            match unsearchable(&bytes) {
                Some(reason) => self.skipped.push((name.clone(), piece, reason)),
                None if self.searched.iter().any(|other| other.name == name && other.bytes == bytes) => {}
                None => self.searched.push(Value { name: name.clone(), piece, bytes }),
            }
        }
    }

    /// Notes for the report that a secret has no value here.
    pub fn add_absent(&mut self, name: &str) {
        let name = Name::found(name).unwrap_or(const { Name::declared("a secret without a printable name") });
        self.skipped.push((name, Piece::Whole, "not set here"));
    }

    /// Returns the names of the secrets whose values are searched for, sorted and each once.
    #[must_use]
    pub fn searched(&self) -> Vec<&str> {
        let names: BTreeSet<_> = self.searched.iter().map(|value| value.name.as_str()).collect();
        names.into_iter().collect()
    }

    /// Returns whether there is nothing to search for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.searched.is_empty()
    }

    /// Adds to the report the number of values that are searched for, and the reasons for those that are not.
    pub(crate) fn account(&self, report: &mut Report) {
        report.count(Counts { values: self.searched().len(), ..Counts::default() });
        for (name, piece, reason) in &self.skipped {
            report.skip_value(
                name.as_str(),
                hardened_core::finding::Message::new().with(*piece).with(" is ").with(*reason),
            );
        }
    }
}

/// Shows only the names.
impl fmt::Debug for Values {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.searched()).finish()
    }
}

/// Returns why a value cannot be searched for; `None` if it can.
fn unsearchable(value: &[u8]) -> Option<&'static str> {
    if value.is_empty() {
        Some("empty")
    } else if value.len() < SHORTEST {
        Some("shorter than 12 bytes")
    } else if is_placeholder(value) {
        Some("a placeholder")
    } else if is_template(value) || reference(value).is_some_and(|kind| kind != ReferenceKind::Encrypted) {
        Some("a reference or a template")
    } else if is_published(value) {
        Some("a published key, which is in many texts")
    } else if is_address(value) {
        Some("an address without a password")
    } else {
        is_common(value).then_some("too common: a few different characters or plain words")
    }
}

/// Returns whether a value is a URL without a secret.
fn is_address(value: &[u8]) -> bool {
    let text = std::str::from_utf8(value).unwrap_or_default();
    text.contains("://") && in_text(text).is_none()
}

/// Returns whether ordinary text may contain the value by chance.
fn is_common(value: &[u8]) -> bool {
    /// With fewer different characters, it is a line or a mask.
    const FEWEST: usize = 5;
    /// Several words in a row do not appear in other text by chance.
    const LONG: usize = 24;
    /// The threshold in bits.
    const WORDS: f32 = 3.0;
    let mut seen = [false; 256];
    value.iter().for_each(|byte| seen[usize::from(*byte)] = true);
    let is_word = |byte: &u8| byte.is_ascii_alphabetic() || b"-_./: ".contains(byte);
    seen.iter().filter(|seen| **seen).count() < FEWEST
        || value.len() < LONG && value.iter().all(is_word) && word_margin(value) > WORDS
        || value.iter().all(|byte| byte.is_ascii_digit() || b"-.:T ".contains(byte)) && value.len() < 20
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_other_text_holds_by_chance_is_not_searched() {
        for (value, searched) in [
            ("kV9w0cW8J3z", false),
            ("kV9w0cW8J3z6", true),
            ("  kV9w0cW8J3z \n", false),
            ("changeme-changeme", false),
            ("${JWT_SECRET_KEY}", false),
            ("op://vault/item/field", false),
            ("aaaaaaaaaaaaaaaa", false),
            ("----------------", false),
            ("application/json", false),
            ("internationalization", false),
            ("production-database", false),
            ("correct-horse-battery-staple", true),
            ("2024-01-01T00:00", false),
            ("https://api.example.com/v1", false),
            ("https://hooks.example.com/services/T00/B00/XyZ9aBc3dEf7GhI1jKl5MnO", true),
            ("postgres://app@db.internal/app", true),
            ("sk_live_51H8aBcDeFgHiJk", true),
            ("qwxkjvhzpmtrbnyd", true),
            ("Tr0ub4dor&3-xyz", true),
            ("49151623421123", false),
            ("4915162342112358132134", true),
        ] {
            let mut values = Values::new();
            values.add("NAME", value);
            assert_eq!(
                values.searched().len(),
                usize::from(searched),
                "{value}: {:?}",
                values.skipped.iter().map(|it| it.2).collect::<Vec<_>>()
            );
            assert_eq!(values.skipped.is_empty(), searched, "{value}");
        }
    }

    #[test]
    fn nothing_shows_a_value() {
        let mut values = Values::new();
        values.add("A", "kV9w0cW8J3z6");
        assert_eq!(format!("{values:?}"), "{\"A\"}");
        values.add("not a \u{1b}name", "kV9w0cW8J3z7");
        assert_eq!(values.searched(), ["A", "a secret without a printable name"]);
    }
}
