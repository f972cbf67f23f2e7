//! The error for a document that cannot be read.

use std::fmt;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::{Map, Value, error::Category};

use super::place::path_at;

/// What is wrong with a document, on which line, and what is expected. It never contains a value of the document.
///
/// ```
/// use hardened_core::manifest::Manifest;
///
/// let error = Manifest::parse("{\n  \"schema_version\": 7\n}").unwrap_err();
/// assert_eq!(error.to_string(), "malformed: line 2: schema_version: version 7; must be 1: use a release of hardened that reads it");
/// assert_eq!((error.line(), error.key()), (Some(2), "schema_version"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentError {
    word: &'static str,
    line: Option<usize>,
    key: String,
    expected: String,
}

impl DocumentError {
    /// Returns the first word of the message: `missing` or `malformed`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        self.word
    }

    /// Returns the line number, from 1, if it is known.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// Returns the path of the member, such as `promises.cors[0].origins`; empty for the document itself.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Returns what the member must be, or what is wrong with it.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.expected
    }

    #[cfg(feature = "documents")]
    pub(crate) fn version(line: Option<usize>, expected: String) -> Self {
        Self { word: "malformed", line, key: "schema_version".to_owned(), expected }
    }

    pub(crate) fn missing(key: &str, expected: &str) -> Self {
        Self { word: "missing", line: None, key: key.to_owned(), expected: format!("must be {expected}") }
    }

    pub(crate) fn malformed(keys: &[&str], expected: &str) -> Self {
        let key = keys.join(".");
        Self { word: "malformed", line: None, key, expected: format!("must be {expected}") }
    }
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.word)?;
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        f.write_str(&self.expected)
    }
}

impl std::error::Error for DocumentError {}

/// Reads JSON of any form.
pub(crate) fn json(text: &str) -> Result<Value, DocumentError> {
    read(text)
}

/// Returns the members of the object with this name in a document.
pub(crate) fn members<'v>(document: &'v Value, name: &str) -> Option<&'v Map<String, Value>> {
    document.get(name)?.as_object()
}

/// Deserialises a document.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, DocumentError> {
    serde_json::from_str(text).map_err(|error| {
        // A syntax error comes first, even if it is after the error that serde found.
        let syntax = serde_json::from_str::<IgnoredAny>(text).err();
        explain(text, &syntax.unwrap_or(error))
    })
}

fn explain(text: &str, error: &serde_json::Error) -> DocumentError {
    let line = Some(error.line()).filter(|line| *line > 0);
    let words = error.to_string();
    let words = words.rsplit_once(" at line ").map_or(words.as_str(), |(words, _)| words);
    if error.classify() != Category::Data {
        return DocumentError {
            word: "malformed",
            line,
            key: String::new(),
            expected: format!("must be JSON: {words}"),
        };
    }
    let key = path_at(text, offset(text, error.line(), error.column()));
    let (word, expected) = expectation(words);
    DocumentError { word, line, key, expected }
}

/// Returns the byte offset of an error. serde_json counts columns in bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + column).min(text.len())
}

/// Translates a message of serde; drops the rejected value.
fn expectation(words: &str) -> (&'static str, String) {
    let name = words.split('`').nth(1).unwrap_or_default();
    if words.starts_with("missing field") {
        return ("missing", format!("the member `{name}`"));
    }
    if words.starts_with("duplicate field") {
        return ("malformed", "must appear once".to_owned());
    }
    let expected = match words.rsplit_once(", expected ").map(|(_, expected)| expected) {
        Some("a sequence") => "a list",
        Some("a map") => "an object",
        Some("a boolean") => "true or false",
        Some("u16") => "a whole number from 0 to 65535",
        Some("u64") => "a whole number from 0",
        Some("a string") => "text",
        Some(expected) => expected,
        None => "of another type",
    };
    ("malformed", format!("must be {expected}"))
}
