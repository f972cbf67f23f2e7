//! The JSON Schema of one value of a kind.

use serde_json::{Map, Value, json};

use super::number::within;
use crate::schema::{Defaults, Kind};

/// Returns the schema of one value. A blank text counts as unset, so it is valid.
pub(super) fn of_kind(kind: &Kind, reading: Defaults) -> Value {
    let text =
        pattern(kind, reading).map(|pattern| json!({ "type": "string", "pattern": format!(r"^\s*({pattern})?\s*$") }));
    let or_text = |others: &[Value]| json!({ "anyOf": others.iter().chain(&text).collect::<Vec<_>>() });
    match (kind, reading) {
        (Kind::Boolean, Defaults::OfKind) => or_text(&[json!({ "type": "boolean" }), json!({ "enum": [0, 1] })]),
        (Kind::Boolean, _) => json!({ "type": ["boolean", "integer", "string"] }),
        (Kind::Integer { min, max }, Defaults::OfKind) => or_text(&[bounded(*min, *max, "integer".into())]),
        (Kind::Integer { min, max }, _) => bounded(*min, *max, json!(["integer", "string"])),
        (Kind::Decimal, Defaults::OfKind) => or_text(&[json!({ "type": "number" })]),
        (Kind::Decimal, _) => json!({ "type": ["number", "string"] }),
        (Kind::Duration, Defaults::OfKind) => or_text(&[json!({ "enum": [0] })]),
        (Kind::Duration, _) => json!({ "type": ["string", "integer"] }),
        // Editors offer the words as they are declared.
        (Kind::Choice(words), _) => or_text(&[json!({ "enum": words })]),
        // The loader reads the exact text of a number, a boolean or a date.
        (Kind::Text | Kind::Path, _) => json!({ "type": ["string", "number", "boolean"] }),
        (Kind::Foreign, _) => json!({ "type": ["string", "number", "boolean", "array"] }),
        _ => json!({ "type": "string" }),
    }
}

/// Returns the pattern of a text without surrounding white space, for kinds whose accepted texts one pattern describes
/// exactly.
pub(super) fn pattern(kind: &Kind, reading: Defaults) -> Option<String> {
    let words = |words: &[&str]| words.iter().copied().map(any_case).collect::<Vec<_>>().join("|");
    match (kind, reading) {
        (Kind::Boolean, Defaults::OfKind) => {
            Some(format!("[01]|{}", words(&["true", "false", "yes", "no", "on", "off"])))
        }
        (Kind::Integer { min, max }, Defaults::OfKind) => Some(within(*min, *max)),
        (Kind::Decimal, Defaults::OfKind) => Some("[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?".to_owned()),
        (Kind::Duration, Defaults::OfKind) => Some("0|([0-9]+(ms|[smhd]))+".to_owned()),
        (Kind::Choice(_), Defaults::Words(choices)) => {
            Some(choices.iter().copied().map(words).collect::<Vec<_>>().join("|"))
        }
        (Kind::Choice(choices), _) => Some(words(choices)),
        _ => None,
    }
}

/// Returns a pattern for a word in any case, with `-` or `_`.
fn any_case(word: &str) -> String {
    let either = |symbol: char| match symbol {
        '-' | '_' => "[-_]".to_owned(),
        symbol if symbol.is_ascii_alphabetic() => {
            format!("[{}{}]", symbol.to_ascii_lowercase(), symbol.to_ascii_uppercase())
        }
        symbol if symbol.is_ascii_digit() => symbol.to_string(),
        symbol => format!("[{symbol}]"),
    };
    word.chars().map(either).collect()
}

/// Returns the schema of a number within bounds. It omits a bound that does not fit into 64 bits, because numbers in JSON
/// cannot hold it.
fn bounded(min: i128, max: i128, types: Value) -> Value {
    let mut schema = Map::from_iter([("type".to_owned(), types)]);
    for (name, bound) in [("minimum", i64::try_from(min)), ("maximum", i64::try_from(max))] {
        if let Ok(bound) = bound {
            schema.insert(name.to_owned(), json!(bound));
        }
    }
    Value::Object(schema)
}
