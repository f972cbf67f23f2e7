//! What was found of a value, and in which form: the words of a message.

use hardened_core::finding::{Message, Part};

/// The fewest bytes of a value that is searched. Shorter ones are in other text by chance.
pub const SHORTEST: usize = 12;

/// What of a secret's value a needle is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Piece {
    /// All of it.
    Whole,
    /// The password in a URL or a connection string.
    Password,
    /// One entry of a list or a ring.
    Entry,
    /// One line of a private key.
    Line,
    /// One text in a JSON document.
    Field,
}

/// How a value was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Form {
    /// As it is.
    Plain,
    /// With a character written twice, as templates and quotes demand it, or another whole-value escape.
    Doubled,
    /// In base64 or base64url.
    Base64,
    /// In base64, twice.
    Base64Twice,
    /// In base32.
    Base32,
    /// In hexadecimal digits.
    Hex,
    /// In UTF-16.
    Utf16,
    /// In base64 of UTF-16, as PowerShell has it.
    Base64Utf16,
    /// Backwards.
    Reversed,
    /// The bytes that it encodes, as they are.
    Bytes,
}

/// How the text around a value had to be read for it to be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reading {
    /// As it is.
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

/// What was found: `the value in base64, over several lines`.
pub(crate) fn described(piece: Piece, form: Form, reading: Reading) -> Message {
    Message::new().with(piece).with(form).with(reading)
}
