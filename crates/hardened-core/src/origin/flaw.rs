//! The flaws of a text that should be an origin.

use std::fmt;

use super::Origin;

/// The error for a text that is not a canonical origin: every [`Flaw`], and the canonical spelling if there is one.
///
/// It never contains the text itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginError {
    flaws: Vec<Flaw>,
    canonical: Option<Origin>,
}

impl OriginError {
    pub(super) fn new(flaws: Vec<Flaw>, canonical: Option<Origin>) -> Self {
        Self { flaws, canonical }
    }

    /// Returns every flaw of the text; never empty.
    #[must_use]
    pub fn flaws(&self) -> &[Flaw] {
        &self.flaws
    }

    /// Returns the canonical spelling of what was probably meant; `None` if the text could be something else, such as a
    /// credential pasted in the wrong place.
    #[must_use]
    pub fn canonical(&self) -> Option<&Origin> {
        self.canonical.as_ref()
    }
}

impl From<Flaw> for OriginError {
    fn from(flaw: Flaw) -> Self {
        Self::new(vec![flaw], None)
    }
}

impl std::error::Error for OriginError {}

/// Writes every flaw and the canonical spelling, never the text itself.
impl fmt::Display for OriginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, flaw) in self.flaws.iter().enumerate() {
            write!(f, "{}{}", if index == 0 { "" } else { "; " }, flaw.fact())?;
        }
        match &self.canonical {
            Some(origin) => write!(f, "; write {origin}"),
            None => Ok(()),
        }
    }
}

/// A mistake in the text of an origin or a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Flaw {
    /// The text is blank.
    Blank,
    /// The scheme is missing.
    NoScheme,
    /// The text has white space, quotes, brackets or separators that no origin contains: it is several origins, or a list in
    /// another format.
    NotOne,
    /// The scheme cannot be part of an origin.
    Scheme,
    /// The host is malformed.
    Host,
    /// The port is not between 1 and 65535.
    Port,
    /// The port is the scheme's default or has leading zeros, which browsers never send.
    DefaultPort,
    /// There is a path, a query or a fragment, or only a slash at the end.
    Path,
    /// The scheme or host has upper-case letters.
    UpperCase,
    /// The host is not ASCII. Browsers send Punycode.
    Unicode,
    /// The host is an IP address in a spelling that browsers do not send.
    Address,
    /// The host ends with a dot.
    TrailingDot,
    /// There is a user name or a password.
    UserInfo,
    /// The text is `null`, which any sandboxed page, local file or redirect can send.
    Null,
    /// The text is `*`.
    Any,
    /// The text has a `*` that is not the whole first label of the host.
    Wildcard,
    /// The port is `*`.
    AnyPort,
    /// The text is a regular expression.
    Expression,
    /// The text contains a variable or another template that nothing has filled in: `https://${APP_DOMAIN}`.
    Template,
    /// The text is a list in JSON.
    List,
    /// The text is several origins, separated by something other than commas.
    Several,
    /// The scheme is a misspelling of `http` or `https`, or belongs to WebSocket.
    Misspelt,
}

impl Flaw {
    /// Returns a description of the flaw.
    #[must_use]
    pub const fn fact(self) -> &'static str {
        match self {
            Self::Blank => "the origin is blank",
            Self::NoScheme => "missing scheme: write https://…",
            Self::NotOne => "not a single origin: it contains white space, quotes, brackets or a semicolon",
            Self::Scheme => "the scheme is not one that an origin can have",
            Self::Host => "the host is not valid",
            Self::Port => "the port must be between 1 and 65535",
            Self::DefaultPort => "browsers omit this port or write it differently",
            Self::Path => "contains a path or a trailing slash",
            Self::UpperCase => "contains upper-case letters",
            Self::Unicode => "the host is not ASCII",
            Self::Address => "the IP address is not written the way browsers send it",
            Self::TrailingDot => "the host ends with a dot",
            Self::UserInfo => "contains a user name or a password",
            Self::Null => "the null origin cannot be allowed",
            Self::Any => "* would allow every origin",
            Self::Wildcard => "* is allowed only as the first label: https://*.example.com",
            Self::AnyPort => "has * as a port",
            Self::Expression => "is a regular expression, not an origin",
            Self::Template => "has a variable or template that was not filled in",
            Self::List => "is a JSON list; write origins separated by commas, without brackets and quotes",
            Self::Several => "is several origins; separate them with commas",
            Self::Misspelt => "has a misspelt scheme; pages are loaded over https:// or http://",
        }
    }
}
