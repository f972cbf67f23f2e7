//! The kinds of value that a setting can have.

use crate::{finding::Message, message};

/// The kind of a setting's value. It decides what a report may show, what an error message asks for, and what a valid
/// example looks like.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Kind {
    /// Any text.
    Text,
    /// A path in the file system.
    Path,
    /// A URL.
    Url,
    /// `true` or `false`.
    Boolean,
    /// A whole number within bounds, both included.
    Integer {
        /// The smallest value.
        min: i128,
        /// The largest value.
        max: i128,
    },
    /// A number with a fraction.
    Decimal,
    /// A length of time, such as `30s`.
    Duration,
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// A web origin, such as `https://app.example.com`.
    Origin,
    /// An IP address.
    Address,
    /// An IP address with a port.
    SocketAddress,
    /// A key: a secret that the operator generates. All strength rules apply.
    Key {
        /// The minimum length in bytes.
        min_bytes: usize,
    },
    /// Several versions of one key; only the first is used for anything new.
    KeyRing {
        /// The minimum length of each key in bytes.
        min_bytes: usize,
    },
    /// A credential: a secret that another service issued.
    Credential,
    /// A credential that is a JSON document, such as the key file of a Google service account.
    JsonCredential,
    /// Several values, separated by commas.
    List {
        /// The kind of each item.
        of: &'static Self,
    },
    /// A value of a type that this library knows nothing about.
    Foreign,
}

impl Kind {
    /// Returns whether values of this kind are secret.
    #[must_use]
    pub const fn is_secret(&self) -> bool {
        match self {
            Self::Key { .. } | Self::KeyRing { .. } | Self::Credential | Self::JsonCredential => true,
            Self::List { of } => of.is_secret(),
            _ => false,
        }
    }

    /// Returns whether reports show values of this kind, because they cannot contain a secret.
    #[must_use]
    pub const fn is_shown(&self) -> bool {
        match self {
            Self::Boolean
            | Self::Integer { .. }
            | Self::Decimal
            | Self::Duration
            | Self::Choice(_)
            | Self::Origin
            | Self::Address
            | Self::SocketAddress => true,
            Self::List { of } => of.is_shown(),
            _ => false,
        }
    }

    /// Returns whether values of this kind are free text that could contain a secret unnoticed.
    #[must_use]
    pub const fn is_free_text(&self) -> bool {
        match self {
            Self::List { of } => of.is_free_text(),
            _ => !self.is_secret() && !self.is_shown(),
        }
    }

    /// Returns the name of the kind in machine-readable output.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Path => "path",
            Self::Url => "url",
            Self::Boolean => "boolean",
            Self::Integer { .. } | Self::Decimal => "number",
            Self::Duration => "duration",
            Self::Choice(_) => "choice",
            Self::Origin => "origin",
            Self::Address | Self::SocketAddress => "address",
            Self::Key { .. } => "key",
            Self::KeyRing { .. } => "key-ring",
            Self::Credential => "credential",
            Self::JsonCredential => "json-credential",
            Self::List { .. } => "list",
            Self::Foreign => "foreign",
        }
    }

    /// Returns the demand of an error message: `must be a whole number from 1 to 65535`.
    #[must_use]
    pub fn must_be(&self) -> Message {
        message!("must be ").then(self.requirement())
    }

    /// Returns what a value must be, as a noun phrase: `a whole number from 1 to 65535`.
    #[must_use]
    pub fn requirement(&self) -> Message {
        match self {
            Self::Text => Message::from("text"),
            Self::Path => Message::from("a path"),
            Self::Url => Message::from("a URL such as https://example.com/"),
            Self::Boolean => Message::from("true or false"),
            Self::Integer { min, max } => message!("a whole number from ", *min, " to ", *max),
            Self::Decimal => Message::from("a number such as 0.5"),
            Self::Duration => Message::from("a duration such as 500ms, 30s, 5m, 1h or 7d"),
            Self::Choice(choices) => Message::from("one of ").list(", ", choices.iter().copied()),
            Self::Origin => Message::from("a web origin such as https://app.example.com"),
            Self::Address => Message::from("an IP address"),
            Self::SocketAddress => Message::from("an IP address with a port, such as 127.0.0.1:8080"),
            Self::Key { min_bytes } => message!("a key of at least ", *min_bytes, " bytes"),
            Self::KeyRing { min_bytes } => {
                message!("keys of at least ", *min_bytes, " bytes each, as version:key, comma-separated, newest first")
            }
            Self::Credential => Message::from("a credential"),
            Self::JsonCredential => Message::from("a credential that is a JSON object"),
            Self::List { of } => of.requirement().with("; separate several with commas"),
            Self::Foreign => Message::from("a value that its type accepts"),
        }
    }
}
