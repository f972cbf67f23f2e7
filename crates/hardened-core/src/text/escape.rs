//! Escapes text so that it is safe to print.

use std::borrow::Cow;

use super::is_invisible;

/// Escapes control characters, invisible characters, characters that change the text direction, and the start of commands
/// that continuous integration reads from logs (`::error::`, `##[error]`, `##vso[`).
///
/// A report shows no rejected value, but paths, names and accepted values can contain such characters.
#[must_use]
pub fn escape(text: &str) -> Cow<'_, str> {
    let commands = text.matches("::").count() > 1 || text.contains("##");
    if !commands && !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut last = ' ';
    for symbol in text.chars() {
        if is_unsafe(symbol) {
            escaped.extend(symbol.escape_unicode());
        } else {
            if commands && matches!((last, symbol), (':', ':') | ('#', '#')) {
                escaped.push('\\');
            }
            escaped.push(symbol);
        }
        last = symbol;
    }
    Cow::Owned(escaped)
}

fn is_unsafe(symbol: char) -> bool {
    symbol.is_control() || is_invisible(symbol) || matches!(symbol, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_command_a_terminal_or_a_log_reader_is_escaped() {
        for (text, expected) in [
            ("/run/secrets/jwt", "/run/secrets/jwt"),
            ("[::1]:8080", "[::1]:8080"),
            ("a\nb", "a\\u{a}b"),
            ("\u{1b}[31m", "\\u{1b}[31m"),
            ("::error::pwned", ":\\:error:\\:pwned"),
            ("##[error]pwned", "#\\#[error]pwned"),
            ("a\u{202e}b", "a\\u{202e}b"),
            ("a\u{61c}b", "a\\u{61c}b"),
            ("a\u{ad}b", "a\\u{ad}b"),
            ("a\u{2028}b", "a\\u{2028}b"),
            ("a\u{3164}b", "a\\u{3164}b"),
            ("a\u{e0041}b", "a\\u{e0041}b"),
        ] {
            assert_eq!(escape(text), expected, "{text:?}");
        }
    }
}
