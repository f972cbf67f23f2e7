//! Enums without data as settings: the value is one of a few words.

use hardened_core::text::misspelling;

use super::Kind;
use crate::{Violation, message};

/// One word, and the value that it means.
#[doc(hidden)]
pub struct Choice<T> {
    word: &'static str,
    aliases: &'static [&'static str],
    value: fn() -> T,
}

impl<T> Choice<T> {
    /// Creates a choice. `#[derive(Setting)]` calls it.
    #[must_use]
    pub const fn new(word: &'static str, aliases: &'static [&'static str], value: fn() -> T) -> Self {
        Self { word, aliases, value }
    }

    /// Returns all words for the value; the first is the one that messages name.
    fn words(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.word).chain(self.aliases.iter().copied())
    }
}

/// Parses a word. Surrounding white space, case, and `-` or `_` make no difference.
///
/// # Errors
///
/// Returns a violation if the text is not one of the choices, with the one that was probably meant.
#[doc(hidden)]
pub fn choose<T>(text: &str, kind: Kind, choices: &[Choice<T>]) -> Result<T, Violation> {
    let text = text.trim();
    match choices.iter().find(|choice| choice.words().any(|word| is_same(word, text))) {
        Some(choice) => Ok((choice.value)()),
        None => {
            let violation = Violation::malformed(kind.must_be());
            Err(match nearest(text, choices) {
                Some(word) => violation.remedy(message!("did you mean `", word, "`?")),
                None => violation,
            })
        }
    }
}

fn is_same(word: &str, text: &str) -> bool {
    let plain = |byte: u8| if byte == b'_' { b'-' } else { byte.to_ascii_lowercase() };
    word.len() == text.len() && word.bytes().map(plain).eq(text.bytes().map(plain))
}

/// Returns the word that was probably meant. It is known at compile time, so a message may contain it.
fn nearest<T>(text: &str, choices: &[Choice<T>]) -> Option<&'static str> {
    let words = choices.iter().flat_map(|choice| choice.words().map(|word| (word, choice.word)));
    let near = words.filter_map(|(word, name)| Some((misspelling(text, word)?, name)));
    near.min_by_key(|(far, _)| *far).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices() -> [Choice<u8>; 4] {
        [
            Choice::new("error", &[], || 0),
            Choice::new("warn", &["warning"], || 1),
            Choice::new("http-only", &[], || 2),
            Choice::new("on", &[], || 3),
        ]
    }

    #[test]
    fn a_word_is_read_whatever_its_case_and_its_dashes() {
        for (text, expected) in
            [("error", 0), (" ERROR\t", 0), ("Warning", 1), ("HTTP_ONLY", 2), ("http-only", 2), ("on", 3)]
        {
            let found = choose(text, Kind::Choice(&[]), &choices());
            assert_eq!(found, Ok(expected), "{text}");
        }
    }

    #[test]
    fn a_near_word_is_suggested_by_its_own_name_and_no_other_is() {
        for (text, expected) in [
            ("eror", Some("did you mean `error`?")),
            ("ERORR", Some("did you mean `error`?")),
            ("warnin", Some("did you mean `warn`?")),
            ("httponly", Some("did you mean `http-only`?")),
            ("onn", Some("did you mean `on`?")),
            ("off", None),
            ("", None),
            ("hunter2", None),
        ] {
            let violation = choose(text, Kind::Choice(&["error"]), &choices()).err();
            let remedy = violation.and_then(|violation| violation.own_remedy().map(ToString::to_string));
            assert_eq!(remedy.as_deref(), expected, "{text}");
        }
    }

    #[derive(Debug, PartialEq, hardened_derive::Setting)]
    enum Switch {
        #[config(alias = "auto")]
        Automatic,
        #[config(rename = "never")]
        Off,
    }

    #[test]
    fn the_derive_works_inside_this_crate() {
        use crate::Setting;

        assert_eq!(Switch::KIND, Kind::Choice(&["automatic", "never"]));
        assert_eq!((Switch::parse("AUTO"), Switch::parse("never")), (Ok(Switch::Automatic), Ok(Switch::Off)));
    }
}
