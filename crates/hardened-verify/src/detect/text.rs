//! Marks in a text.

use crate::answer::Answer;

/// The body as text. Quotes, line breaks and angle brackets that JSON or HTML escape are written plainly.
pub(super) fn plain(answer: &Answer) -> String {
    let text = String::from_utf8_lossy(&answer.body);
    let json = [("\\\"", "\""), ("\\n", "\n"), ("\\t", "\t"), ("\\/", "/")];
    let html = [("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&lt;", "<"), ("&gt;", ">")];
    json.iter().chain(&html).fold(text.into_owned(), |text, (escaped, plain)| {
        if text.contains(escaped) { text.replace(escaped, plain) } else { text }
    })
}

/// Whether a text has all parts, one after the other.
pub(super) fn has(text: &str, parts: &[&str]) -> bool {
    let mut rest = text;
    parts.iter().all(|part| match rest.split_once(part) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}

/// Whether a text has a mark, then a number, then an end.
pub(super) fn has_number(text: &str, mark: &str, end: &str) -> bool {
    text.match_indices(mark).any(|(at, mark)| {
        let after = text.get(at + mark.len()..).unwrap_or_default();
        let rest = after.trim_start_matches(|symbol: char| symbol.is_ascii_digit());
        rest.len() < after.len() && rest.starts_with(end)
    })
}
