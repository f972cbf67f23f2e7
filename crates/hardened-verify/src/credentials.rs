//! What proves who asks.

use http::{HeaderName, HeaderValue, header};

use crate::request::Request;

/// One of the two users that a verification acts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum User {
    /// The one whose token is tried, and who writes.
    A,
    /// The one who must not see what A wrote.
    B,
}

impl User {
    /// What evidence says instead of a token.
    pub(crate) const fn who(self) -> &'static str {
        match self {
            Self::A => "user A",
            Self::B => "user B",
        }
    }
}

/// A header that proves who asks, such as a bearer token or a cookie. It is sent to the target alone and never shown.
#[derive(Clone)]
pub struct Credential {
    name: HeaderName,
    value: HeaderValue,
}

impl Credential {
    /// A bearer token (RFC 6750). None where the text cannot be the value of a header.
    #[must_use]
    pub fn bearer(token: &str) -> Option<Self> {
        Self::header(header::AUTHORIZATION, &format!("Bearer {}", token.trim()))
    }

    /// Any header, such as a cookie or an API key. None where the text cannot be the value of a header.
    #[must_use]
    pub fn header(name: HeaderName, value: &str) -> Option<Self> {
        let mut value = HeaderValue::try_from(value).ok()?;
        value.set_sensitive(true);
        Some(Self { name, value })
    }

    /// The token, where it is a bearer token.
    pub(crate) fn token(&self) -> Option<&str> {
        let text = self.value.to_str().ok().filter(|_| self.name == header::AUTHORIZATION)?;
        let (scheme, token) = text.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    }

    /// The name and the value.
    pub(crate) fn into_parts(self) -> (HeaderName, HeaderValue) {
        (self.name, self.value)
    }

    /// Adds it to a request; `who` is what the evidence says instead.
    pub(crate) fn on(&self, request: Request, who: &'static str) -> Request {
        request.credential(self.name.clone(), &self.value, who)
    }
}

/// Shows nothing.
impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Credential({}: …)", self.name)
    }
}

/// The credentials of the two users, as far as there are any.
#[derive(Debug, Clone, Default)]
pub(crate) struct Credentials {
    pub(crate) a: Option<Credential>,
    pub(crate) b: Option<Credential>,
}

impl Credentials {
    pub(crate) fn of(&self, user: User) -> Option<&Credential> {
        match user {
            User::A => self.a.as_ref(),
            User::B => self.b.as_ref(),
        }
    }

    pub(crate) fn set(&mut self, user: User, credential: Credential) {
        match user {
            User::A => self.a = Some(credential),
            User::B => self.b = Some(credential),
        }
    }
}
