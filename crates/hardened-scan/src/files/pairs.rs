//! Reads files of keys and values: TOML, INI, properties, JSON, systemd units.

use super::{
    entry::Entry,
    shell,
    text::{lines, offset, unquoted},
};

/// Returns every key with a text value.
pub(super) fn entries(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut named = None;
    let is_key = text.contains("\"kty\"");
    for (_, line) in lines(text) {
        let code = line.trim();
        if code.starts_with(['#', ';']) || code.starts_with("//") && !code.contains(":_") {
            continue;
        }
        let quoted = quoted(code);
        let elements = elements(code);
        if let Some(value) = OPTIONS.iter().find_map(|option| code.strip_prefix(option)?.strip_prefix(' ')) {
            let value = unquoted(value);
            let start = offset(text, value);
            entries.push(Entry::variable("password", value, start..start + value.len()));
        } else if quoted.is_empty() && elements.is_empty() {
            entries.extend(bare(text, code));
        }
        for (key, value) in elements {
            let start = offset(text, value);
            entries.push(Entry::key(key, value, start..start + value.len()));
        }
        for (key, value) in quoted {
            let start = offset(text, value);
            let part = start..start + value.len();
            match key {
                "name" | "key" | "Name" => named = Some(value),
                "value" | "Value" => entries.extend(named.take().map(|name| Entry::key(name, value, part))),
                "Environment" => entries.extend(shell::assignments(text, value)),
                // The private part of a JSON Web Key, or a symmetric key.
                "d" | "k" if is_key => entries.push(Entry::variable("private_key", value, part)),
                _ => entries.push(Entry::key(key, value, part)),
            }
        }
    }
    entries
}

/// Options of Redis whose value is a password.
const OPTIONS: [&str; 2] = ["requirepass", "masterauth"];

/// Returns the elements of a line: `<password>text</password>`.
fn elements(code: &str) -> Vec<(&str, &str)> {
    let parts = code.split('<').filter_map(|part| part.split_once('>'));
    let pairs = parts.clone().zip(parts.skip(1));
    let closed = pairs.filter(|((name, _), (end, _))| end.strip_prefix('/') == Some(name));
    closed
        .map(|((name, value), _)| (name, value.trim()))
        .filter(|(name, value)| !name.is_empty() && !value.is_empty())
        .collect()
}

/// Returns the quoted values of a line: `key = "text"`, `"key": "text"`, `{ key = 'text' }`.
fn quoted(code: &str) -> Vec<(&str, &str)> {
    let mut pairs = Vec::new();
    let mut rest = code;
    while let Some(sign) = rest.find(['=', ':']) {
        let (before, behind) = rest.split_at_checked(sign).unwrap_or_default();
        let key = before.trim_end().trim_end_matches(['"', '\'']);
        let name = |symbol: char| symbol.is_ascii_alphanumeric() || "_-.".contains(symbol);
        let key = key.get(key.trim_end_matches(name).len()..).filter(|name| !key.ends_with(&format!("/{name}")));
        let value = behind.get(1..).unwrap_or_default().trim_start();
        let value = ["\"\"", "''"]
            .iter()
            .find_map(|two| value.strip_prefix(two).filter(|rest| rest.starts_with(&two[..1])))
            .unwrap_or(value);
        let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''));
        match quote.and_then(|quote| closed(value.get(1..)?, quote)) {
            Some((inner, behind)) => {
                // A list of digests has the paths of files as keys; a path is not a name.
                let key = key.unwrap_or("a path");
                if !key.is_empty() {
                    pairs.push((key, inner));
                }
                rest = behind;
            }
            None => rest = behind.get(1..).unwrap_or_default(),
        }
    }
    pairs
}

/// Splits a text at the closing quote. A quote after a backslash does not close it.
fn closed(text: &str, quote: char) -> Option<(&str, &str)> {
    let mut is_escaped = false;
    let end = text.char_indices().find_map(|(at, symbol)| {
        let ends = symbol == quote && !is_escaped;
        is_escaped = symbol == '\\' && !is_escaped;
        ends.then_some(at)
    })?;
    Some((text.get(..end)?, text.get(end + 1..)?))
}

/// Parses `key = text` or `key: text`, up to the end of the line.
fn bare(text: &str, code: &str) -> Option<Entry> {
    // `//registry.example.com/:_authToken=…`
    let (key, value) = if code.starts_with("//") { code.split_once('=')? } else { code.split_once(['=', ':'])? };
    let key = key.trim().rsplit(['/', ':', ' ']).next()?;
    let value = unquoted(value.split(" #").next()?);
    if let ("Environment", Some(entry)) = (key, shell::assignments(text, value).pop()) {
        return Some(entry);
    }
    let start = offset(text, value);
    // `Key::method` is a path in code.
    (!value.starts_with(['{', '[', '$', ':'])).then(|| Entry::key(key, value, start..start + value.len()))
}
