//! Finds the member of a JSON text that a byte offset belongs to.

use std::fmt::Write as _;

/// An object or list that is not closed yet.
enum Open {
    /// An object, with the name that was read last.
    Object(Option<String>),
    /// A list, with the index of the current item.
    List(usize),
}

/// Returns the path of the member at byte `end`: `promises.cors[0].origins`. The text before it must be valid JSON so far.
pub(crate) fn path_at(text: &str, end: usize) -> String {
    let mut open = Vec::new();
    let mut rest = text.get(..end).unwrap_or(text);
    // A string is a member's name until a colon follows.
    let mut is_name = false;
    while let Some(symbol) = rest.chars().next() {
        match symbol {
            '"' => {
                let (string, behind) = string(rest);
                if let (true, Some(Open::Object(name))) = (is_name, open.last_mut()) {
                    *name = Some(string.to_owned());
                }
                rest = behind;
                continue;
            }
            '{' => open.push(Open::Object(None)),
            '[' => open.push(Open::List(0)),
            '}' | ']' => drop(open.pop()),
            ',' => {
                if let Some(Open::List(number)) = open.last_mut() {
                    *number += 1;
                }
            }
            _ => {}
        }
        is_name = match symbol {
            '{' | ',' => matches!(open.last(), Some(Open::Object(_))),
            ':' | '[' | '}' | ']' => false,
            _ => is_name,
        };
        rest = rest.get(symbol.len_utf8()..).unwrap_or_default();
    }
    path(&open)
}

/// Returns the content of the string at the start of the text, and the text after its closing quotation mark.
fn string(text: &str) -> (&str, &str) {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return (text.get(1..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default()),
            _ => {}
        }
    }
    ("", "")
}

fn path(open: &[Open]) -> String {
    let mut path = String::new();
    for part in open {
        match part {
            Open::Object(None) => {}
            Open::Object(Some(name)) => {
                let dot = if path.is_empty() { "" } else { "." };
                let _ = write!(path, "{dot}{}", shown(name));
            }
            Open::List(number) => {
                let _ = write!(path, "[{number}]");
            }
        }
    }
    path
}

/// Returns the name of a member if it looks like one. Anything else may be a value and is not shown.
fn shown(name: &str) -> &str {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'/' | b'{' | b'}');
    if name.len() <= 64 && name.bytes().all(is_name) { name } else { "…" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_member_that_is_open_where_the_text_ends_is_named() {
        for (text, path) in [
            ("", ""),
            ("{", ""),
            (r#"{"a""#, "a"),
            (r#"{"a": {"b": [1, 2"#, "a.b[1]"),
            (r#"{"a": {"b": 1}"#, "a"),
            (r#"{"a": {"b": 1}, "c": tr"#, "c"),
            (r#"{"a": "b""#, "a"),
            (r#"{"a": ["b", "c""#, "a[1]"),
            (r#"{"a\"}": "\\", "b": {"#, "b"),
            (r#"{"a": [[], [{"x": {"y": {}}}, {"z":"#, "a[1][1].z"),
            (r#"{"not a name": 1"#, "…"),
            (r#"[{"a": "}]{", "b""#, "[0].b"),
        ] {
            assert_eq!(path_at(text, text.len()), path, "{text}");
        }
    }
}
