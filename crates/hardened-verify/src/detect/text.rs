//! Searches a text for marks.

use crate::answer::Answer;

/// Returns the body as text, and undoes how JSON and HTML escape quotes, line breaks and angle brackets.
pub(super) fn plain(answer: &Answer) -> String {
    let text = String::from_utf8_lossy(&answer.body);
    let json = [("\\\"", "\""), ("\\n", "\n"), ("\\t", "\t"), ("\\/", "/")];
    let html = [("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&lt;", "<"), ("&gt;", ">")];
    json.iter().chain(&html).fold(text.into_owned(), |text, (escaped, plain)| {
        if text.contains(escaped) { text.replace(escaped, plain) } else { text }
    })
}

/// Returns whether a text contains all parts in this order.
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

/// Returns whether a text contains the mark, then a number, then the end.
pub(super) fn has_number(text: &str, mark: &str, end: &str) -> bool {
    text.match_indices(mark).any(|(at, mark)| {
        let after = text.get(at + mark.len()..).unwrap_or_default();
        let rest = after.trim_start_matches(|symbol: char| symbol.is_ascii_digit());
        rest.len() < after.len() && rest.starts_with(end)
    })
}
