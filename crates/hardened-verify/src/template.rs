//! Texts with placeholders, such as `verify-{{random}}@example.com`.

use std::{borrow::Cow, collections::BTreeMap};

use hardened_core::text::percent::encode_into;
use serde_json::{Map, Value};

/// The names of the placeholders.
pub(crate) const NAMES: [&str; 8] = ["canary", "csrf", "email", "id", "password", "random", "user", "username"];

/// The values of placeholders. They are never shown, because a password is among them.
#[derive(Clone, Default)]
pub(crate) struct Values(BTreeMap<&'static str, String>);

/// The placeholder that has no value.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unfilled(pub(crate) String);

/// Returns the first placeholder of a text whose name is not known.
pub(crate) fn unknown(text: &str) -> Option<&str> {
    places(text).find(|name| !NAMES.contains(name))
}

/// Returns whether a text has a placeholder.
pub(crate) fn has_place(text: &str) -> bool {
    places(text).next().is_some()
}

/// Returns whether a text has the placeholder with this name.
pub(crate) fn names(text: &str, name: &str) -> bool {
    places(text).any(|place| place == name)
}

/// Returns whether a text in a JSON value has the placeholder with this name.
pub(crate) fn names_in(value: &Value, name: &str) -> bool {
    match value {
        Value::String(text) => names(text, name),
        Value::Array(items) => items.iter().any(|item| names_in(item, name)),
        Value::Object(members) => members.values().any(|member| names_in(member, name)),
        _ => false,
    }
}

/// Returns the names in double braces.
fn places(text: &str) -> impl Iterator<Item = &str> {
    text.split("{{").skip(1).filter_map(|rest| Some(rest.split_once("}}")?.0.trim()))
}

impl Values {
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.0.insert(name, value.into());
        self
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Fills each placeholder.
    pub(crate) fn fill(&self, text: &str) -> Result<String, Unfilled> {
        self.fill_as(text, |value| Cow::Borrowed(value))
    }

    /// Fills each placeholder of a path or query, percent-encoded.
    pub(crate) fn fill_path(&self, text: &str) -> Result<String, Unfilled> {
        self.fill_as(text, |value| Cow::Owned(encode(value)))
    }

    /// Fills each placeholder in the texts of a JSON value.
    pub(crate) fn fill_json(&self, value: &Value) -> Result<Value, Unfilled> {
        match value {
            Value::String(text) => self.fill(text).map(Value::String),
            Value::Array(items) => items.iter().map(|item| self.fill_json(item)).collect(),
            Value::Object(members) => {
                let filled = members.iter().map(|(name, value)| Ok((name.clone(), self.fill_json(value)?)));
                filled.collect::<Result<Map<_, _>, _>>().map(Value::Object)
            }
            other => Ok(other.clone()),
        }
    }

    /// Fills the placeholders of a path that have a value, percent-encoded, and leaves the others.
    pub(crate) fn fill_known_path(&self, text: &str) -> String {
        self.fill_known(text, |value| Cow::Owned(encode(value)))
    }

    /// Fills the placeholders of a GraphQL document that have a value, escaped for its strings, and leaves the others.
    pub(crate) fn fill_known_graphql(&self, text: &str) -> String {
        self.fill_known(text, |value| Cow::Owned(within_quotes(value)))
    }

    /// Fills the placeholders in the texts of a JSON value that have a value, and leaves the others.
    pub(crate) fn fill_known_json(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.fill_known(text, |value| Cow::Borrowed(value))),
            Value::Array(items) => items.iter().map(|item| self.fill_known_json(item)).collect(),
            Value::Object(members) => {
                let filled = members.iter().map(|(name, value)| (name.clone(), self.fill_known_json(value)));
                Value::Object(filled.collect())
            }
            other => other.clone(),
        }
    }

    fn fill_known(&self, text: &str, encode: fn(&str) -> Cow<'_, str>) -> String {
        self.0.iter().fold(text.to_owned(), |text, (name, value)| {
            if names(&text, name) { replaced(&text, name, &encode(value)) } else { text }
        })
    }

    fn fill_as(&self, text: &str, encode: fn(&str) -> Cow<'_, str>) -> Result<String, Unfilled> {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once("{{") {
            let Some((name, behind)) = behind.split_once("}}") else { break };
            let value = self.get(name.trim()).ok_or_else(|| Unfilled(name.trim().to_owned()))?;
            filled.push_str(before);
            filled.push_str(&encode(value));
            rest = behind;
        }
        filled.push_str(rest);
        Ok(filled)
    }
}

/// Replaces each placeholder with this name by a value.
fn replaced(text: &str, name: &str, value: &str) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("{{") {
        filled.push_str(before);
        match behind.split_once("}}") {
            Some((place, behind)) if place.trim() == name => {
                filled.push_str(value);
                rest = behind;
            }
            _ => {
                filled.push_str("{{");
                rest = behind;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// Escapes a text for the inside of a GraphQL string, which has the escapes of JSON.
fn within_quotes(text: &str) -> String {
    let quoted = Value::from(text).to_string();
    quoted.strip_prefix('"').and_then(|quoted| quoted.strip_suffix('"')).unwrap_or_default().to_owned()
}

/// Percent-encodes a text for a path segment or a form.
pub(crate) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    encode_into(&mut encoded, text);
    encoded
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_place_is_filled_and_a_place_without_a_value_is_named() {
        let values = Values::default().with("random", "abc").with("email", "a+b@example.com");
        for (text, plain, path) in [
            ("", Ok(""), Ok("")),
            ("x", Ok("x"), Ok("x")),
            ("{{random}}", Ok("abc"), Ok("abc")),
            ("a {{ random }}{{random}}}", Ok("a abcabc}"), Ok("a abcabc}")),
            ("/u/{{email}}", Ok("/u/a+b@example.com"), Ok("/u/a%2Bb%40example.com")),
            ("{{password}}", Err("password"), Err("password")),
            ("{{random", Ok("{{random"), Ok("{{random")),
            ("/tasks/{id}", Ok("/tasks/{id}"), Ok("/tasks/{id}")),
        ] {
            let told = |result: Result<String, Unfilled>| result.map_err(|unfilled| unfilled.0);
            let expected = |result: Result<&str, &str>| result.map(str::to_owned).map_err(str::to_owned);
            assert_eq!(told(values.fill(text)), expected(plain), "{text}");
            assert_eq!(told(values.fill_path(text)), expected(path), "{text}");
        }
        let body = json!({"a": ["{{random}}", 1, null], "{{random}}": {"b": "x{{random}}"}});
        assert_eq!(values.fill_json(&body), Ok(json!({"a": ["abc", 1, null], "{{random}}": {"b": "xabc"}})));
        assert_eq!(unknown("{{random}}-{{ randon }}"), Some("randon"));
    }
}
