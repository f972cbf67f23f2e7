//! Finds the flaws of a secret's text: published keys, placeholders, unresolved references and templates, stray characters,
//! and keys that are easy to guess.
//!
//! There are two functions, because there are two kinds of secret: [`check_key`] is for a *key*, which the operator
//! generates and whose strength is therefore checked; [`check_credential`] is for a *credential*, which another service issued.
//!
//! ```
//! use hardened_strength::{Flaw, ReferenceKind, check_credential, check_key};
//!
//! assert_eq!(check_key(b"op://vault/item/field", 32), [Flaw::Reference(ReferenceKind::SecretStore)]);
//! assert_eq!(check_credential(b"<your token here>"), [Flaw::Placeholder]);
//! assert!(check_key(b"kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL0dG6aP3eZqC", 32).is_empty());
//! ```
//!
//! The detectors are pure functions of bytes: they read in place, keep nothing, and their results contain no part of the
//! value. They know no settings, files or environment.
//!
//! **What it cannot guarantee.** A key is refused because it is published or evidently weak. A text does not show whether it
//! is random, so a key without a flaw is not proven to be strong.

mod assigned;
mod blemish;
mod check;
mod constants;
mod decode;
#[cfg(test)]
mod field;
mod flaw;
mod hashed;
mod human;
mod in_text;
mod issued;
mod json;
mod masked;
mod misplaced;
mod phrases;
mod pieces;
mod placeholder;
mod predictable;
mod published;
mod ranking;
mod reference;
mod strength;
mod template;
#[cfg(test)]
mod tests;
mod twice;
mod uuid;
mod words;

pub use self::{
    blemish::{Blemish, Position},
    check::{check_credential, check_key},
    flaw::{Encoding, Flaw},
    hashed::hashed_word,
    human::{reads_as_words, word_margin},
    in_text::{Sighting, in_text},
    issued::is_issued,
    placeholder::is_placeholder,
    published::is_published,
    reference::{ReferenceKind, reference},
    strength::guessing_bits,
    template::is_template,
};

/// The maximum length of a key, in bytes: far beyond any use of a key, and a bound on the work.
pub const MAX_BYTES: usize = 4096;
