//! Text that cannot contain a rejected value.

use std::{borrow::Cow, fmt, path::PathBuf};

use crate::{origin::Origin, rule::Word, tier::Tier};

/// A sentence of a finding, composed only of text known at compile time, numbers, and this library's own closed types.
/// A run-time `String` cannot be added, so the text of a rejected value cannot appear in a message.
///
/// Create one with [`message!`](crate::message), or from a `&'static str`.
///
/// It cannot prevent a number that is itself the rejected value (name the bounds instead), or a `String` that was leaked
/// on purpose into a `&'static str`.
///
/// ```
/// use hardened_core::message;
///
/// let bytes = "hunter2".len();
/// assert_eq!(message!(bytes, " bytes; must be at least ", 32).to_string(), "7 bytes; must be at least 32");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Message(Vec<Part>);

impl Message {
    /// Returns an empty message.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Appends one part.
    #[must_use]
    pub fn with(mut self, part: impl Into<Part>) -> Self {
        self.0.push(part.into());
        self
    }

    /// Appends all parts of another message.
    #[must_use]
    pub fn then(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Appends several parts of the same type, with a separator between them.
    #[must_use]
    pub fn list<P: Into<Part>>(mut self, separator: &'static str, parts: impl IntoIterator<Item = P>) -> Self {
        for (index, part) in parts.into_iter().enumerate() {
            if index > 0 {
                self = self.with(separator);
            }
            self = self.with(part);
        }
        self
    }

    /// Returns the rule's word and the fact: `weak: 5 bytes`. A notice has no word.
    pub(super) fn sentence(&self, word: Word) -> String {
        match word.as_str() {
            "" => self.to_string(),
            word => format!("{word}: {self}"),
        }
    }

    /// Returns whether the message is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Composes a [`Message`] from literals, numbers and canonical values.
///
/// A `String` or a borrowed `&str` is refused by the compiler:
///
/// ```compile_fail
/// let rejected = String::from("hunter2");
/// hardened_core::message!("not a port: ", rejected);
/// ```
///
/// So is a single byte, because a secret consists of bytes, and an origin, because any `word://word` parses as one:
///
/// ```compile_fail
/// hardened_core::message!("begins with ", b"hunter2"[0]);
/// ```
///
/// ```compile_fail
/// let origin = hardened_core::origin::Origin::parse("https://hunter2").unwrap();
/// hardened_core::message!("not allowed: ", &origin);
/// ```
#[macro_export]
macro_rules! message {
    ($($part:expr),* $(,)?) => {
        $crate::finding::Message::new()$(.with($part))*
    };
}

/// One piece of a [`Message`]. Its variants are private, so that only the conversions listed below can make one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part(Kind);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Text(&'static str),
    Number(i128),
    Name(Name),
    Path(PathBuf),
    Origin(Origin),
}

impl Part {
    /// Creates a part from a path that is known to exist, and so is not a secret pasted by mistake. Check that before you
    /// call this.
    pub fn existing_path(path: impl Into<PathBuf>) -> Self {
        Self(Kind::Path(path.into()))
    }

    /// Creates a part from an origin. Not a `From` conversion, because any `word://word` parses as an origin: the caller must
    /// know that it is one.
    #[doc(hidden)]
    #[must_use]
    pub fn origin(origin: &Origin) -> Self {
        Self(Kind::Origin(origin.clone()))
    }
}

impl From<&'static str> for Part {
    fn from(text: &'static str) -> Self {
        Self(Kind::Text(text))
    }
}

impl From<Tier> for Part {
    fn from(tier: Tier) -> Self {
        Self(Kind::Text(tier.name()))
    }
}

impl From<Name> for Part {
    fn from(name: Name) -> Self {
        Self(Kind::Name(name))
    }
}

impl From<&Name> for Part {
    fn from(name: &Name) -> Self {
        Self(Kind::Name(name.clone()))
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl From<$number> for Part {
            fn from(number: $number) -> Self {
                // The standard library has no lossless conversion from `usize` or `isize`, but `i128` holds all of these types.
                Self(Kind::Number(number as i128))
            }
        }
    )*};
}

// `u8` is missing on purpose: a secret is a list of bytes.
numbers!(u16, u32, u64, usize, i16, i32, i64, i128, isize);

impl From<&'static str> for Message {
    fn from(text: &'static str) -> Self {
        Self::new().with(text)
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|part| fmt::Display::fmt(part, f))
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Text(text) => f.write_str(text),
            Kind::Number(number) => write!(f, "{number}"),
            Kind::Name(name) => f.write_str(name.as_str()),
            Kind::Path(path) => write!(f, "{}", path.display()),
            Kind::Origin(origin) => f.write_str(origin.as_str()),
        }
    }
}

/// The name of a variable or of a key in a file: what a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Cow<'static, str>);

impl Name {
    /// Creates a name that is declared in code.
    #[must_use]
    pub const fn declared(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// Creates a declared name with a prefix.
    #[must_use]
    pub fn prefixed(prefix: &str, name: &'static str) -> Self {
        if prefix.is_empty() { Self::declared(name) } else { Self(Cow::Owned([prefix, name].concat())) }
    }

    /// Returns this name with another prefix in front.
    #[must_use]
    pub fn behind(&self, prefix: &str) -> Self {
        if prefix.is_empty() { self.clone() } else { Self(Cow::Owned([prefix, &self.0].concat())) }
    }

    /// Returns this name with a suffix such as `_FILE`.
    #[must_use]
    pub fn suffixed(&self, suffix: &'static str) -> Self {
        Self(Cow::Owned([&self.0, suffix].concat()))
    }

    /// Creates a name from one in the environment or in a file. Returns `None` unless it looks like a name, because people paste
    /// values where names belong.
    #[must_use]
    pub fn found(name: &str) -> Option<Self> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b' ';
        (matches!(name.len(), 1..=64) && name.bytes().all(plain)).then(|| Self(Cow::Owned(name.to_owned())))
    }

    /// Returns the name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the name without copying it.
    #[must_use]
    pub fn into_cow(self) -> Cow<'static, str> {
        self.0
    }
}

impl From<&'static str> for Name {
    fn from(name: &'static str) -> Self {
        Self::declared(name)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
