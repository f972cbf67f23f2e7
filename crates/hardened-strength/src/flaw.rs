//! The flaws of a secret's text.

use crate::{Blemish, Position, ReferenceKind};

/// A flaw of a secret's text. It contains numbers and enums, never a part of the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Flaw {
    /// The key is public, or its base64 or hexadecimal content is.
    Published {
        /// The encoding that was decoded to find it.
        decoded: Option<Encoding>,
    },
    /// The text is a placeholder: `changeme`, `<your key here>`.
    Placeholder,
    /// The text is a template that nothing filled in: `${…}`, `{{…}}`, `%NAME%`.
    Template,
    /// The text is a reference that nothing resolved.
    Reference(ReferenceKind),
    /// The text is a JSON object or list instead of one of its values.
    Json,
    /// The text is an asymmetric key or a certificate instead of a symmetric key.
    Pem,
    /// The text is a signed token instead of the key that signs it.
    Token,
    /// The text is a variable with its value: `JWT_SECRET_KEY=…`.
    Assigned,
    /// The key is the hash of a word or number that attackers try first.
    Hashed,
    /// The text is a PEM block with the two characters `\\n` for line breaks. Only a warning, because some programs convert them.
    EscapedLines,
    /// The key is a UUID, which has at most 122 random bits (ASVS 5.0, 11.5.1).
    Uuid,
    /// The text has characters that do not belong to the secret.
    Blemish {
        /// The kind of these characters.
        blemish: Blemish,
        /// The position of these characters.
        position: Position,
    },
    /// The text is not UTF-8.
    NotText,
    /// The key is longer than [`MAX_BYTES`](crate::MAX_BYTES).
    TooLong {
        /// The length in bytes.
        bytes: usize,
    },
    /// The key is shorter than its use requires.
    TooShort {
        /// The length in bytes.
        bytes: usize,
        /// The minimum length in bytes.
        required: usize,
    },
    /// The length and alphabet of the key allow too few keys: length × log2(size of the alphabet).
    FewBits {
        /// The bits according to the length.
        bits: u32,
        /// The minimum number of bits.
        required: u32,
        /// The encoding that was decoded to find the alphabet.
        decoded: Option<Encoding>,
    },
    /// A person probably wrote the key, according to statistics: it consists of words, separated or joined.
    Human,
    /// The key consists of words, sequences, keyboard walks or repeats.
    Predictable {
        /// The number of bits that remain to be guessed.
        bits: u32,
        /// The minimum number of bits.
        required: u32,
        /// The encoding that was decoded to find them.
        decoded: Option<Encoding>,
    },
}

/// An encoding of bytes as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Encoding {
    /// Base64 of either alphabet, with or without padding (RFC 4648).
    Base64,
    /// Hexadecimal digits of either case.
    Hex,
    /// Base32, of either case, with or without padding (RFC 4648).
    Base32,
    /// Ascii85 or Z85.
    Base85,
    /// The base85 of Git and Python (RFC 1924).
    Git85,
    /// Percent-encoding, as in URLs (RFC 3986).
    Percent,
    /// UTF-16: every other byte is zero.
    Utf16,
    /// Bytes as separate numbers: `6d:79:2d`, `\\x6d\\x79`, `109, 121, 45`, `&#109;`.
    Listed,
}

impl Encoding {
    /// The encodings whose content is checked even if it is not text.
    pub(crate) const OF_BYTES: [Self; 2] = [Self::Base64, Self::Hex];

    /// The encodings whose content is checked only if it is text.
    pub(crate) const OF_TEXT: [Self; 6] =
        [Self::Base32, Self::Base85, Self::Git85, Self::Percent, Self::Utf16, Self::Listed];
}
