//! One part of a URL, percent-encoded.

use hardened_core::text::percent;
use zeroize::Zeroizing;

use crate::{Violation, message, rule};

/// Decodes a part that has no control characters.
///
/// # Errors
///
/// `database-malformed`, `secret-control`.
pub(super) fn decoded(text: &str, what: &'static str) -> Result<Zeroizing<String>, Violation> {
    let Some(decoded) = percent::decode(text) else {
        let fact = message!("a % in ", what, " is not a valid escape");
        return Err(Violation::new(rule::DATABASE_MALFORMED, fact).remedy("write %25 for a percent sign"));
    };
    if decoded.chars().any(char::is_control) {
        return Err(Violation::new(rule::SECRET_CONTROL, message!("a control character in ", what)));
    }
    Ok(decoded)
}
