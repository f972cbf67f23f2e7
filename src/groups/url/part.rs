//! Decodes one percent-encoded part of a URL.

use hardened_core::text::percent;
use zeroize::Zeroizing;

use super::Codes;
use crate::{Violation, message, rule};

/// Decodes a part, which must not contain control characters.
///
/// # Errors
///
/// Returns a violation for an invalid escape, and `secret-control`.
pub(crate) fn decoded(text: &str, what: &'static str, codes: &Codes) -> Result<Zeroizing<String>, Violation> {
    let Some(decoded) = percent::decode(text) else {
        let fact = message!("a % in ", what, " is not a valid escape");
        return Err(Violation::new(codes.malformed, fact).remedy("write %25 for a percent sign"));
    };
    if decoded.chars().any(char::is_control) {
        return Err(Violation::new(rule::SECRET_CONTROL, message!("a control character in ", what)));
    }
    Ok(decoded)
}
