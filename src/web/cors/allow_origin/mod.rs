//! `Access-Control-Allow-Origin`: which origins are allowed.

mod draft;
mod exact;
mod suffixes;

use http::HeaderValue;

pub(super) use self::draft::{Draft, Mistake};
use self::{exact::Exact, suffixes::Suffixes};
use super::request::HeaderBytes;
use crate::origin::OriginPattern;

/// The origins that a policy allows.
#[derive(Debug)]
pub(super) enum AllowOrigin {
    /// Every origin, and requests without one.
    Any,
    /// The origins of a list.
    List(List),
}

/// A list of exact origins and patterns.
#[derive(Debug)]
pub(super) struct List {
    exact: Exact,
    https: Suffixes,
    http: Suffixes,
    /// The entries as they were declared.
    pub(super) patterns: Vec<OriginPattern>,
}

impl List {
    pub(super) fn new(patterns: Vec<OriginPattern>) -> Self {
        let open = |scheme| patterns.iter().filter(move |it| it.origin().is_none() && it.base().scheme() == scheme);
        Self {
            exact: Exact::new(patterns.iter().filter_map(OriginPattern::origin)),
            https: Suffixes::new(open("https").map(OriginPattern::base)),
            http: Suffixes::new(open("http").map(OriginPattern::base)),
            patterns,
        }
    }

    /// Returns the header value for an allowed origin: the prepared value for an exact origin, or the value of the
    /// request for one that matches a pattern, which is then canonical.
    #[inline]
    pub(super) fn value<'r>(&self, origin: impl HeaderBytes<'r> + Copy) -> Option<HeaderValue> {
        if let Some(value) = self.exact.get(origin.bytes()) {
            return Some(value.clone());
        }
        if self.matches_pattern(origin.bytes()) { origin.value() } else { None }
    }

    /// Returns whether the origin is allowed.
    pub(super) fn allows(&self, origin: &[u8]) -> bool {
        self.exact.get(origin).is_some() || self.matches_pattern(origin)
    }

    #[inline]
    fn matches_pattern(&self, origin: &[u8]) -> bool {
        if let Some(rest) = origin.strip_prefix(b"https://") {
            return self.https.matches(rest);
        }
        origin.strip_prefix(b"http://").is_some_and(|rest| self.http.matches(rest))
    }
}
