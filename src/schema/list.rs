//! Parses lists as operators write them: items separated by commas, or the JSON that other frameworks read.

use std::{borrow::Cow, net::Ipv6Addr};

use serde_json::Value;

use crate::{Violation, finding::Message, message};

/// Returns the items of a list, each without surrounding white space.
///
/// # Errors
///
/// Returns a violation if the text clearly uses another notation: splitting it would leave quotes and brackets in the
/// items.
pub(crate) fn items(text: &str) -> Result<Vec<Cow<'_, str>>, Violation> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Vec::new());
    }
    if let Some(items) = json(text)? {
        return Ok(items);
    }
    refuse_brackets(text)?;
    if is_quoted_list(text) {
        let fact = message!("quotes around the whole list; ", FORM);
        return Err(Violation::malformed(fact).remedy("set the list without quotes"));
    }
    if is_item_split(text) {
        let fact = message!("a comma inside the quotes of an item; ", FORM);
        return Err(Violation::malformed(fact).remedy("write the list as JSON, so that an item can contain a comma"));
    }
    Ok(text.split(',').map(|item| item.trim().into()).collect())
}

const FORM: &str = "must be items separated by commas, or a JSON list of strings";

/// Returns the items of a list of secrets. It does not parse JSON, because that would copy the secrets.
///
/// # Errors
///
/// Returns a violation if brackets or quotes surround the list: they would become part of its first and last secret.
pub(super) fn secrets(text: &str) -> Result<Vec<Cow<'_, str>>, Violation> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Vec::new());
    }
    if text.starts_with('[') && text.ends_with(']') {
        let fact = "brackets around the list; must be secrets separated by commas";
        return Err(Violation::malformed(fact).remedy("set the list without brackets and quotes"));
    }
    if is_quoted_list(text) || is_wrapped(text) {
        let fact = "quotes or brackets around the list; must be secrets separated by commas";
        return Err(Violation::malformed(fact).remedy("set the list without brackets and quotes"));
    }
    Ok(text.split(',').map(|item| item.trim().into()).collect())
}

/// Returns whether one pair of quotes surrounds several items, or JSON.
fn is_quoted_list(text: &str) -> bool {
    let is_json = |inner: &str| inner.trim_start_matches('\\').starts_with('[') && looks_like_json(inner.trim());
    text.contains(',') && is_quoted(text)
        || ['"', '\'']
            .iter()
            .any(|quote| text.strip_prefix(*quote).and_then(|inner| inner.strip_suffix(*quote)).is_some_and(is_json))
}

/// Returns whether a comma is inside the quotes of an item, as in a line of a spreadsheet: `a,"b,c"`.
fn is_item_split(text: &str) -> bool {
    let mut items =
        text.split(',').map(str::trim).map(|item| (item.starts_with('"'), item.ends_with('"'), item.len() > 1));
    items.any(|item| item == (true, false, true)) && items.any(|item| item == (false, true, true))
}

/// Returns whether braces or parentheses surround a list of secrets. If there are other special characters between
/// them, they may be part of a secret instead.
fn is_wrapped(text: &str) -> bool {
    let is_plain = |symbol: char| symbol.is_ascii_alphanumeric() || "-_+/=.:~, \"'".contains(symbol);
    [('{', '}'), ('(', ')')].into_iter().any(|(open, close)| {
        text.strip_prefix(open)
            .and_then(|inner| inner.strip_suffix(close))
            .is_some_and(|inner| inner.chars().all(is_plain))
    })
}

/// Refuses a list in the notation of YAML or of a shell: `[a, b]`, `{a,b}`, `(a,b)`. A text without a comma is a single
/// item, in which brackets can be intended, as in an IPv6 address.
fn refuse_brackets(text: &str) -> Result<(), Violation> {
    let inside = |(open, close): (char, char)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.contains([open, close])).then_some(inner)
    };
    let inner = [('[', ']'), ('{', '}'), ('(', ')')].into_iter().find_map(inside);
    if inner.is_some_and(|inner| inner.contains(',')) {
        let fact = message!("brackets around the whole list; ", FORM);
        return Err(Violation::malformed(fact).remedy("set the list without brackets"));
    }
    Ok(())
}

/// Returns whether a list is a single item in brackets that is neither JSON nor an IPv6 address.
pub(crate) fn is_in_brackets(text: &str) -> bool {
    let inner = text.trim().strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
    inner.is_some_and(|inner| !inner.contains(['[', ',']) && inner.parse::<Ipv6Addr>().is_err())
        && matches!(json(text.trim()), Ok(None))
}

/// Returns the items of a JSON list. Returns `None` if the text is not JSON.
fn json(text: &str) -> Result<Option<Vec<Cow<'_, str>>>, Violation> {
    let other = |fact: &'static str| Err(Violation::malformed(Message::from(fact).with(FORM)));
    let read = if text.starts_with(['[', '{']) { serde_json::from_str(text).ok() } else { None };
    match read {
        Some(Value::Array(items)) => match items.into_iter().map(item).collect() {
            Some(items) => Ok(Some(items)),
            None => other("a JSON list of something other than strings; "),
        },
        Some(Value::Object(_)) => other("a JSON object; "),
        _ if looks_like_json(text) => other("looks like a JSON list, but cannot be read as one; "),
        _ => Ok(None),
    }
}

fn item(value: Value) -> Option<Cow<'static, str>> {
    match value {
        Value::String(text) => Some(text.trim().to_owned().into()),
        Value::Bool(flag) => Some(flag.to_string().into()),
        Value::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string().into()),
        _ => None,
    }
}

/// Returns whether a bracket is next to a quote, at either end. A shell may have left a backslash before each of them.
fn looks_like_json(text: &str) -> bool {
    let text = text.trim_start_matches('\\');
    let inner = |text: &str| text.trim_start_matches(['\\', ' ', '\n']).starts_with(['"', '\'']);
    let starts = text.strip_prefix('[').is_some_and(inner);
    let ends =
        text.strip_suffix(']').is_some_and(|rest| rest.trim_end_matches(['\\', ' ', '\n']).ends_with(['"', '\'']));
    starts || ends
}

/// Returns whether one pair of quotes surrounds the whole text. A shell may have left a backslash before the first.
pub(crate) fn is_quoted(text: &str) -> bool {
    let text = text.trim().trim_start_matches('\\');
    let Some(open) = text.chars().next() else { return false };
    let close = match open {
        '"' | '\'' | '`' => open,
        '“' => '”',
        '‘' => '’',
        '«' => '»',
        '„' => '“',
        _ => return false,
    };
    let inner = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    inner.is_some_and(|inner| !inner.contains([open, close]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_in_both_notations_and_never_as_garbage() {
        for (text, expected) in [
            ("a,b", Some(&["a", "b"][..])),
            (" a , b ", Some(&["a", "b"])),
            ("a", Some(&["a"])),
            ("a;b", Some(&["a;b"])),
            ("", Some(&[])),
            ("[]", Some(&[])),
            ("[ ]", Some(&[])),
            (r#"["a","b"]"#, Some(&["a", "b"])),
            (r#"[ "a" , "b" ]"#, Some(&["a", "b"])),
            (r#"["https://a.example","https://b.example"]"#, Some(&["https://a.example", "https://b.example"])),
            (r#"["a,b"]"#, Some(&["a,b"])),
            ("[1,2]", Some(&["1", "2"])),
            ("[true]", Some(&["true"])),
            ("[::1]:80,[::2]:80", Some(&["[::1]:80", "[::2]:80"])),
            ("[::1]", Some(&["[::1]"])),
            (r#""a","b""#, Some(&[r#""a""#, r#""b""#])),
            (r#""a,b""#, None),
            ("'a,b'", None),
            (r#""["a","b"]""#, None),
            (r#"'["a"]'"#, None),
            (r#"[\"a\",\"b\"]"#, None),
            (r#"\["a","b"\]"#, None),
            (r#"a, "b, c""#, None),
            (r#""a, b", c"#, None),
            (r#"5", 7""#, Some(&["5\"", "7\""])),
            (r#""a", b"#, Some(&["\"a\"", "b"])),
            ("['a','b']", None),
            (r#"["a","b""#, None),
            (r#""a","b"]"#, None),
            (r#"[["a"]]"#, None),
            ("[1.5]", None),
            ("[null]", None),
            (r#"{"a":"b","c":"d"}"#, None),
            ("[a,b]", None),
            ("[a]", Some(&["[a]"])),
            ("[“a”,“b”]", None),
            ("{a,b}", None),
            ("(a,b)", None),
            ("(a)", Some(&["(a)"])),
            ("{a}", Some(&["{a}"])),
            ("[::1", Some(&["[::1"])),
            ("[a-z]+,[0-9]", Some(&["[a-z]+", "[0-9]"])),
            ("*.{js,ts}", Some(&["*.{js", "ts}"])),
        ] {
            let found = items(text).ok();
            assert_eq!(
                found.as_ref().map(|items| items.iter().map(AsRef::as_ref).collect::<Vec<_>>()),
                expected.map(<[_]>::to_vec),
                "{text}"
            );
        }
    }

    #[test]
    fn one_item_in_brackets_is_seen() {
        for (text, expected) in [
            ("[a]", true),
            (" [a] ", true),
            ("[::1]", false),
            ("[\"a\"]", false),
            ("[1]", false),
            ("[]", false),
            ("[a,b]", false),
            ("[a-z]+,[0-9]", false),
            ("a]", false),
        ] {
            assert_eq!(is_in_brackets(text), expected, "{text}");
        }
    }

    #[test]
    fn brackets_never_become_a_part_of_a_secret() {
        for (text, expected) in [
            ("a,b", Some(&["a", "b"][..])),
            (" a , b ", Some(&["a", "b"])),
            ("a]", Some(&["a]"])),
            ("", Some(&[])),
            (r#"["a","b"]"#, None),
            ("[a,b]", None),
            (" [a] ", None),
            (r#""a,b""#, None),
            ("'a,b'", None),
            (r#"{"a","b"}"#, None),
            ("{a,b}", None),
            ("(a, b)", None),
            ("{a!,b}", Some(&["{a!", "b}"])),
            (r#""a","b""#, Some(&["\"a\"", "\"b\""])),
        ] {
            let found = secrets(text).ok();
            let found = found.as_ref().map(|items| items.iter().map(AsRef::as_ref).collect::<Vec<_>>());
            assert_eq!(found, expected.map(<[_]>::to_vec), "{text}");
        }
    }
}
