//! What can be wrong with the text of a secret.

use crate::{Blemish, Position, ReferenceKind};

/// What is wrong with the text of a secret: numbers and closed choices, never a part of the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Flaw {
    /// A key that is public; `decoded` if its base64 or hexadecimal content does.
    Published {
        /// What was undone to find it.
        decoded: Option<Encoding>,
    },
    /// Text in place of a secret: `changeme`, `<your key here>`.
    Placeholder,
    /// A template that nothing filled in: `${…}`, `{{…}}`, `%NAME%`.
    Template,
    /// A reference that nothing resolved.
    Reference(ReferenceKind),
    /// A JSON object or list instead of one of its values.
    Json,
    /// An asymmetric key or a certificate, where a symmetric key belongs.
    Pem,
    /// A signed token, where the key that signs it belongs.
    Token,
    /// A UUID: at most 122 random bits (ASVS 5.0, 11.5.1).
    Uuid,
    /// Characters that do not belong to the secret.
    Blemish {
        /// What they are.
        blemish: Blemish,
        /// Where they are.
        position: Position,
    },
    /// Bytes that are not UTF-8.
    NotText,
    /// Longer than [`MAX_BYTES`](crate::MAX_BYTES).
    TooLong {
        /// The length.
        bytes: usize,
    },
    /// Shorter than its use requires.
    TooShort {
        /// The length.
        bytes: usize,
        /// The least length.
        required: usize,
    },
    /// Of too few possible keys, by length × log2(alphabet in use).
    FewBits {
        /// The bits by length.
        bits: u32,
        /// The least number.
        required: u32,
        /// What was undone to find the alphabet.
        decoded: Option<Encoding>,
    },
    /// Of words, sequences, keyboard walks or repeats.
    Predictable {
        /// The bits that remain to be guessed.
        bits: u32,
        /// The least number.
        required: u32,
        /// What was undone to find them.
        decoded: Option<Encoding>,
    },
}

/// A way in which bytes are written as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Encoding {
    /// Base64, of either alphabet, with or without padding (RFC 4648).
    Base64,
    /// Hexadecimal digits of either case.
    Hex,
}

impl Encoding {
    pub(crate) const ALL: [Self; 2] = [Self::Base64, Self::Hex];
}
