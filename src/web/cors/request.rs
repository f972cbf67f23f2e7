//! The request headers that a decision needs.

use http::{HeaderMap, HeaderValue, header};

/// How often a request has a header, and its value if it has it once.
#[derive(Clone, Copy)]
pub(super) enum Seen<F> {
    Never,
    Once(F),
    Often,
}

impl<F> Seen<F> {
    #[inline]
    fn add(&mut self, value: F) {
        *self = match self {
            Self::Never => Self::Once(value),
            Self::Once(_) | Self::Often => Self::Often,
        };
    }

    fn all(values: impl Iterator<Item = F>) -> Self {
        let mut seen = Self::Never;
        values.take(2).for_each(|value| seen.add(value));
        seen
    }

    pub(super) fn once(self) -> Option<F> {
        match self {
            Self::Once(value) => Some(value),
            Self::Never | Self::Often => None,
        }
    }
}

/// The three headers that a decision looks at.
pub(super) struct Head<F> {
    pub(super) origin: Seen<F>,
    pub(super) method: Seen<F>,
    pub(super) names: Seen<F>,
}

impl<'r> Head<&'r HeaderValue> {
    /// Compares every name once: a dozen comparisons are cheaper than hashing one name.
    #[inline]
    pub(super) fn scan(options: bool, headers: &'r HeaderMap) -> Self {
        let mut head = Self { origin: Seen::Never, method: Seen::Never, names: Seen::Never };
        for (name, value) in headers {
            if *name == header::ORIGIN {
                head.origin.add(value);
            } else if options && *name == header::ACCESS_CONTROL_REQUEST_METHOD {
                head.method.add(value);
            } else if options && *name == header::ACCESS_CONTROL_REQUEST_HEADERS {
                head.names.add(value);
            }
        }
        head
    }
}

impl<'r> Head<&'r [u8]> {
    /// Looks up the three headers by name.
    pub(super) fn ask<V: Iterator<Item = &'r [u8]>>(header: impl Fn(&'static str) -> V) -> Self {
        let seen = |name| Seen::all(header(name));
        Self { origin: seen("origin"), method: seen("access-control-request-method"), names: seen(REQUEST_HEADERS) }
    }
}

/// The one of the three headers that can have several lines.
pub(super) const REQUEST_HEADERS: &str = "access-control-request-headers";

/// The value of one request header.
pub(super) trait HeaderBytes<'r> {
    fn bytes(self) -> &'r [u8];
    fn value(self) -> Option<HeaderValue>;
}

impl<'r> HeaderBytes<'r> for &'r HeaderValue {
    #[inline]
    fn bytes(self) -> &'r [u8] {
        self.as_bytes()
    }

    fn value(self) -> Option<HeaderValue> {
        Some(self.clone())
    }
}

impl<'r> HeaderBytes<'r> for &'r [u8] {
    fn bytes(self) -> &'r [u8] {
        self
    }

    fn value(self) -> Option<HeaderValue> {
        HeaderValue::from_bytes(self).ok()
    }
}
