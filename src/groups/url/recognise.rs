//! Recognises texts that are not a URL, and characters that should be encoded.

use hardened_core::text::is_invisible;

use super::{Codes, placeholder};
use crate::{Violation, message, rule};

/// The maximum length of a URL, in bytes.
const MAX_BYTES: usize = 8192;

/// Refuses a text that is not a URL, and reports what it is instead.
///
/// # Errors
///
/// Returns violations for malformed texts and placeholders, `secret-json`, `secret-reference`, `secret-control` and
/// `secret-whitespace`.
pub(crate) fn recognise(text: &str, codes: &Codes) -> Result<(), Violation> {
    if text.len() > MAX_BYTES {
        let fact = message!(text.len(), " bytes; must be at most ", MAX_BYTES);
        return Err(Violation::new(codes.malformed, fact));
    }
    if text.starts_with('{') && text.ends_with('}') && text.contains(':') {
        return Err(Violation::new(rule::SECRET_JSON, "a JSON object, not one of its values").remedy(codes.json));
    }
    if placeholder::is_reference(text) || placeholder::has_template(text) {
        let fact = "a reference or template that was not replaced with its value";
        return Err(Violation::new(rule::SECRET_REFERENCE, fact));
    }
    // U+FFFD replaces bytes that could not be decoded earlier.
    let is_control = |symbol: char| symbol == '\u{fffd}' || symbol.is_control() && !symbol.is_whitespace();
    if text.chars().any(|symbol| is_control(symbol) || is_invisible(symbol)) {
        return Err(Violation::new(rule::SECRET_CONTROL, "contains a control or invisible character"));
    }
    if text.contains(char::is_whitespace) && text.contains("://") {
        if placeholder::has_blank(text) {
            return Err(Violation::new(codes.placeholder, "words in brackets that must be replaced"));
        }
        let fact = "contains white space: a copied line break, or a space that must be written as %20";
        let remedy = "set the URL on one line, with each space in it as %20";
        return Err(Violation::new(rule::SECRET_WHITESPACE, fact).remedy(remedy));
    }
    Ok(())
}

/// Returns the violation if a URL that cannot be read is an example: `…@<host>`, `…@hostname:port`.
pub(crate) fn example(behind: &str, codes: &Codes) -> Option<Violation> {
    let authority = behind.rsplit('@').next().unwrap_or_default().split(['/', '?']).next().unwrap_or_default();
    let fact = "the host and port are an example text";
    placeholder::is_example_authority(authority).then(|| Violation::new(codes.placeholder, fact))
}

/// Returns how to write the characters of user and password that should be encoded.
pub(crate) fn escapes(userinfo: &str) -> Vec<&'static str> {
    let escapes = [('@', "@ as %40"), ('/', "/ as %2F"), ('?', "? as %3F"), ('#', "# as %23")];
    escapes.into_iter().filter(|(symbol, _)| userinfo.contains(*symbol)).map(|(_, escape)| escape).collect()
}
