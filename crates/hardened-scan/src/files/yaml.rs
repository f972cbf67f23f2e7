//! Reads YAML line by line: compose files, Kubernetes, and CI workflows.
//!
//! This is not a complete YAML parser. A line belongs to the nearest key above it with less indentation, which is enough to
//! find names with their values. Anchors are removed, tags stay on the value, and lines that are not understood are ignored.

use super::{
    entry::Entry,
    kubernetes, pairs, shell,
    text::{lines, offset, unquoted},
};
use crate::judge::base64;

/// Returns every name with a text value.
pub(super) fn entries(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    for document in documents(text) {
        let mut reader = Reader {
            text,
            is_secret: kubernetes::is_secret(document),
            parents: Vec::new(),
            block: None,
            named: None,
            is_open: false,
            entries: Vec::new(),
        };
        lines(document).for_each(|(_, line)| reader.line(line));
        entries.append(&mut reader.entries);
    }
    entries
}

/// Keys whose values are commands.
const COMMANDS: &[&str] =
    &["after_script", "args", "before_script", "cmd", "command", "entrypoint", "run", "script", "startCommand"];

/// Returns the documents of a stream, which are separated by `---`.
fn documents(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let whole = rest?;
        let end = whole.find("\n---");
        rest = end.and_then(|end| whole.get(end + 4..));
        whole.get(..end.unwrap_or(whole.len()))
    })
}

struct Reader<'t> {
    text: &'t str,
    /// Whether the document is a Kubernetes `Secret`.
    is_secret: bool,
    /// The parent keys of the current line, each with its indentation.
    parents: Vec<(usize, &'t str)>,
    /// The current block scalar (`|` or `>`): the indentation of its key, and the key itself until the first line is read.
    block: Option<(usize, Option<&'t str>)>,
    /// The value of the last `name:`, with its indentation.
    named: Option<(usize, &'t str)>,
    /// Whether the last key does not have a value yet.
    is_open: bool,
    entries: Vec<Entry>,
}

impl<'t> Reader<'t> {
    fn line(&mut self, line: &'t str) {
        let code = line.trim_start();
        let mut indent = line.len() - code.len();
        if code.is_empty() {
            return;
        }
        if let Some((key_indent, key)) = self.block {
            if indent > key_indent {
                self.block = Some((key_indent, None));
                return self.block_line(key, code.trim_end());
            }
            self.block = None;
        }
        if code.starts_with('#') {
            return;
        }
        let mut code = code;
        let is_open = std::mem::take(&mut self.is_open) && !code.starts_with("- ");
        while let Some(item) = code.strip_prefix("- ") {
            let inner = item.trim_start();
            indent += code.len() - inner.len();
            code = inner;
            self.close(indent);
            self.named = None;
        }
        self.close(indent);
        if code.starts_with('{') {
            return self.flow(code);
        }
        match (pair(code), self.parents.last()) {
            (Some((key, value)), _) => self.pair(indent, key, value),
            // The value of the key is on the next line.
            (None, Some((_, key))) if is_open && code.starts_with(['"', '\'']) => self.value(key, unquoted(code)),
            (None, _) => self.scalar(code),
        }
    }

    /// Drops the keys that are not parents of a line with this indentation.
    fn close(&mut self, indent: usize) {
        while self.parents.last().is_some_and(|(parent, _)| *parent >= indent) {
            self.parents.pop();
        }
        if self.named.is_some_and(|(named, _)| named > indent) {
            self.named = None;
        }
    }

    fn pair(&mut self, indent: usize, key: &'t str, value: &'t str) {
        let value = without_comment(value.trim());
        let value = without_anchor(value);
        if value.starts_with(['|', '>']) && value.len() <= 3 {
            self.block = Some((indent, Some(key)));
        } else if value.starts_with('{') {
            self.flow(value);
        } else if value.starts_with('[') {
            value.split(',').for_each(|item| self.scalar(item.trim_matches(['[', ']', ' '])));
        } else if matches!(key, "name" | "key" | "Name") && !value.is_empty() {
            self.named = Some((indent, unquoted(value)));
            self.value(key, unquoted(value));
        } else if COMMANDS.contains(&key) {
            self.scalar(value);
        } else if !value.is_empty() {
            let name = match key {
                "value" | "Value" | "default" | "stringValue" => {
                    self.named.map(|(_, name)| name).or(self.parents.last().map(|(_, parent)| *parent))
                }
                _ => None,
            };
            self.value(name.unwrap_or(key), unquoted(value));
        }
        self.is_open = value.is_empty();
        self.parents.push((indent, key));
    }

    /// Reads `{name: NAME, value: text}` or `{NAME: text}`.
    fn flow(&mut self, value: &'t str) {
        let mut named = None;
        for part in value.trim_matches(['{', '}', ' ']).split(", ") {
            let Some((key, value)) = pair(part.trim_matches(['{', '}', ' '])) else { continue };
            match (key, named) {
                ("name" | "key", _) => named = Some(unquoted(value)),
                ("value", Some(name)) => self.value(name, unquoted(value)),
                _ => self.value(key, unquoted(value)),
            }
        }
    }

    /// Reads `NAME=value` in a list, or a command.
    fn scalar(&mut self, code: &'t str) {
        self.entries.extend(shell::assignments(self.text, unquoted(without_comment(code))));
    }

    /// Reads a line of a block scalar: of a script, of an embedded file, or the secret itself.
    fn block_line(&mut self, key: Option<&'t str>, code: &'t str) {
        let assigned = shell::assignments(self.text, code);
        match key {
            Some(key) if assigned.is_empty() && pair(code).is_none() => self.value(key, code),
            _ if !assigned.is_empty() => self.entries.extend(assigned),
            _ => {
                if let Some((key, value)) = pair(code) {
                    self.value(key, unquoted(without_comment(value)));
                }
            }
        }
    }

    fn value(&mut self, name: &'t str, value: &'t str) {
        let start = offset(self.text, value);
        let part = start..start + value.len();
        let is_below = |key: &str| self.parents.iter().any(|(_, parent)| *parent == key);
        if self.is_secret && is_below("data") {
            if let Some(decoded) = base64::decoded(value) {
                let inside = pairs::entries(&decoded).into_iter().find(Entry::is_secret).map(|inner| inner.value);
                self.entries.push(Entry::variable(in_secret(name), inside.unwrap_or(decoded), part));
            }
        } else if self.is_secret && is_below("stringData") {
            self.entries.push(Entry::variable(in_secret(name), value, part));
        } else if !(is_below("encryptedData") || name == "key" && is_below("with")) {
            self.entries.push(Entry::key(name, value, part));
        }
    }
}

/// Returns a name that denotes a secret, because every value of a `Secret` is one, unless its own name says otherwise.
fn in_secret(name: &str) -> String {
    const PLAIN: [&str; 10] =
        ["user", "username", "host", "port", "database", "dbname", "email", "region", "endpoint", "bucket"];
    if PLAIN.iter().any(|plain| name.to_ascii_lowercase().ends_with(plain)) {
        name.to_owned()
    } else {
        format!("secret_{name}_value")
    }
}

/// Parses `key: value`, `"key": value`, `key:`.
fn pair(code: &str) -> Option<(&str, &str)> {
    let quote = code.chars().next().filter(|first| matches!(first, '"' | '\''));
    let end = match quote {
        Some(quote) => code.get(1..)?.find(quote)? + 2,
        None => 0,
    };
    let rest = code.get(end..)?;
    let colon = end + rest.find(": ").or_else(|| rest.trim_end().ends_with(':').then(|| rest.trim_end().len() - 1))?;
    let key = unquoted(code.get(..colon)?);
    let is_key = !key.is_empty()
        && key.len() <= 128
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-./ ".contains(&byte));
    is_key.then_some((key, code.get(colon + 1..)?.trim()))
}

/// Removes a comment: a `#` after white space, outside quotes.
fn without_comment(value: &str) -> &str {
    let value = value.trim();
    match value.chars().next() {
        Some(quote @ ('"' | '\'')) => match value.get(1..).and_then(|rest| rest.find(quote)) {
            Some(end) => value.get(..end + 2).unwrap_or(value),
            None => value,
        },
        _ => value.split(" #").next().unwrap_or(value).trim_end(),
    }
}

/// Removes an `&anchor`.
fn without_anchor(value: &str) -> &str {
    match value.strip_prefix('&') {
        Some(rest) => rest.split_once(' ').map_or("", |(_, rest)| rest.trim_start()),
        None => value,
    }
}
