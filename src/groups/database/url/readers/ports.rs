//! The texts that each program accepts as a port. A blank text means the default port.

use hardened_core::text::percent;

/// Accepts the digits of a port, as Go and the WHATWG's URLs do.
pub(super) fn digits(text: &str) -> bool {
    text.is_empty() || text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok()
}

/// Accepts the same as [`digits`], decoded, in each item of a list.
pub(super) fn decoded_digits(text: &str) -> bool {
    percent::decode(text).is_some_and(|ports| ports.split(',').all(digits))
}

/// Accepts what C's `strtol` reads, decoded: blanks around a number, and a sign. libpq refuses port 0.
pub(super) fn c_number(text: &str) -> bool {
    const BLANKS: [char; 6] = [' ', '\t', '\n', '\u{b}', '\u{c}', '\r'];
    let is_port = |text: &str| text.is_empty() || text.trim_matches(BLANKS).parse::<u16>().is_ok_and(|port| port > 0);
    percent::decode(text).is_some_and(|port| is_port(&port))
}

/// Accepts what Rust parses, decoded, in each item of a list: a number with or without a sign.
pub(super) fn rust_number(text: &str) -> bool {
    let is_port = |text: &str| text.is_empty() || text.parse::<u16>().is_ok();
    percent::decode(text).is_some_and(|ports| ports.split(',').all(is_port))
}

/// Accepts what Python's `int` reads: blanks around a number, a sign, digits of any script, and `_` between them.
pub(super) fn python_number(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.chars().all(char::is_numeric);
    let number = text.trim();
    text.is_empty() || number.strip_prefix(['+', '-']).unwrap_or(number).split('_').all(is_number)
}

/// Accepts the same as [`python_number`], decoded.
pub(super) fn decoded_python_number(text: &str) -> bool {
    percent::decode(text).is_some_and(|text| python_number(&text))
}
