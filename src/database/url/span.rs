//! A percent-encoded part of the URL, named by its place, so that no copy of it is kept.

use std::ops::Range;

use zeroize::Zeroizing;

use crate::{Rejection, rule};
use hardened_core::text::percent;

/// The place of a part in the text of the URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span(Range<usize>);

impl Span {
    /// Marks a part that decodes to text without control characters.
    ///
    /// # Errors
    ///
    /// `database-malformed`, `secret-control`.
    pub(super) fn checked(text: &str, range: Range<usize>, what: &'static str) -> Result<Self, Rejection> {
        let decoded = percent::decode(text.get(range.clone()).unwrap_or_default()).ok_or_else(|| {
            let fact = crate::message!("a % in ", what, " is not a valid escape; write %25 for a percent sign");
            Rejection::new(rule::DATABASE_MALFORMED, fact)
        })?;
        if decoded.chars().any(char::is_control) {
            return Err(Rejection::new(rule::SECRET_CONTROL, crate::message!("a control character in ", what)));
        }
        Ok(Self(range))
    }

    /// The part as it was written.
    pub(super) fn raw<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.0.clone()).unwrap_or_default()
    }

    /// The part, decoded; wiped when dropped.
    pub(super) fn decode(&self, text: &str) -> Zeroizing<String> {
        percent::decode(self.raw(text)).unwrap_or_default()
    }
}
