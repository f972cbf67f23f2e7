//! What can be wrong with the text of a secret.

use crate::{Blemish, Position, ReferenceKind};

/// What is wrong with the text of a secret: numbers and closed choices, never a part of the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Flaw {
    /// A key that is public, or whose base64 or hexadecimal content is.
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
    /// The name of a variable with its value: `JWT_SECRET_KEY=…`.
    Assigned,
    /// The hash of a word or a number that attackers try first.
    Hashed,
    /// A PEM block whose line breaks are the two characters `\\n`. It warns: some programs undo it, others do not.
    EscapedLines,
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
    /// Written by a person, as far as statistics tell: words of some language, parted or joined.
    Human,
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
    /// Base32, of either case, with or without padding (RFC 4648).
    Base32,
    /// Ascii85 or Z85.
    Base85,
    /// The base 85 of Git and Python (RFC 1924).
    Git85,
    /// Percent encoding, as in a URL (RFC 3986).
    Percent,
    /// UTF-16: every other byte is zero.
    Utf16,
    /// Bytes one by one, parted by signs: `6d:79:2d`, `\\x6d\\x79`, `109, 121, 45`, `&#109;`.
    Listed,
}

impl Encoding {
    /// Encodings whose content is bytes; what is weak there is weak.
    pub(crate) const OF_BYTES: [Self; 2] = [Self::Base64, Self::Hex];

    /// Encodings that are looked at only where their content is text.
    pub(crate) const OF_TEXT: [Self; 6] =
        [Self::Base32, Self::Base85, Self::Git85, Self::Percent, Self::Utf16, Self::Listed];
}
