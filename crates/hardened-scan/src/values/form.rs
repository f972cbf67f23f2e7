//! The piece of a value that was found, and the form that it was written in, for messages.

use hardened_core::finding::{Message, Part};

/// The minimum length of a value to search for, in bytes. Shorter ones appear in other text by chance.
pub const SHORTEST: usize = 12;

/// The part of a secret's value that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Piece {
    /// The whole value.
    Whole,
    /// The password in a URL or a connection string.
    Password,
    /// An entry of a list or key ring.
    Entry,
    /// A line of a private key.
    Line,
    /// A text in a JSON document.
    Field,
}

/// The form that a value was written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Form {
    /// Unchanged.
    Plain,
    /// With a character doubled, as templates and quotes require it, or with another escape of the whole value.
    Doubled,
    /// In base64 or base64url.
    Base64,
    /// In base64, encoded twice.
    Base64Twice,
    /// In base32.
    Base32,
    /// In hexadecimal digits.
    Hex,
    /// In UTF-16.
    Utf16,
    /// In base64 of UTF-16, as PowerShell writes it.
    Base64Utf16,
    /// Backwards.
    Reversed,
    /// The bytes that the value encodes, unencoded.
    Bytes,
}

/// How the text around a value had to be read to find it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reading {
    /// Unchanged.
    Raw,
    /// With escapes resolved: `\"`, `\u0041`, `%40`, `&amp;`.
    Escaped,
    /// With string literals joined: `"abc" + "def"`.
    Joined,
    /// With lines joined.
    Wrapped,
    /// As a list of bytes: `[112, 97, 115]`.
    List,
}

impl From<Piece> for Part {
    fn from(piece: Piece) -> Self {
        match piece {
            Piece::Whole => "the value",
            Piece::Password => "the password in the value",
            Piece::Entry => "an entry of the value",
            Piece::Line => "a line of the private key",
            Piece::Field => "a secret text in the value",
        }
        .into()
    }
}

impl From<Form> for Part {
    fn from(form: Form) -> Self {
        form.words().into()
    }
}

impl Form {
    const fn words(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Doubled => " with doubled or quoted characters",
            Self::Base64 => " in base64",
            Self::Base64Twice => " in base64 of base64",
            Self::Base32 => " in base32",
            Self::Hex => " in hexadecimal digits",
            Self::Utf16 => " in UTF-16",
            Self::Base64Utf16 => " in base64 of UTF-16",
            Self::Reversed => " backwards",
            Self::Bytes => " as the bytes that it encodes",
        }
    }

    /// Returns the name in machine output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Doubled => "doubled",
            Self::Base64 => "base64",
            Self::Base64Twice => "base64-twice",
            Self::Base32 => "base32",
            Self::Hex => "hex",
            Self::Utf16 => "utf-16",
            Self::Base64Utf16 => "base64-utf-16",
            Self::Reversed => "reversed",
            Self::Bytes => "bytes",
        }
    }
}

impl From<Reading> for Part {
    fn from(reading: Reading) -> Self {
        match reading {
            Reading::Raw => "",
            Reading::Escaped => ", with escapes",
            Reading::Joined => ", in several pieces",
            Reading::Wrapped => ", over several lines",
            Reading::List => ", as a list of bytes",
        }
        .into()
    }
}

/// Returns a description of what was found: `the value in base64, over several lines`.
pub(crate) fn described(piece: Piece, form: Form, reading: Reading) -> Message {
    Message::new().with(piece).with(form).with(reading)
}
