//! Resolves references within a document: `{"$ref": "#/components/schemas/Task"}`.

use hardened_core::text::percent::decode;
use serde_json::Value;

/// The maximum length of a chain of references: a longer one is assumed to be a cycle.
const LONGEST_CHAIN: usize = 16;

/// A document whose references can be resolved.
#[derive(Clone, Copy)]
pub(super) struct Document<'v>(pub(super) &'v Value);

impl<'v> Document<'v> {
    /// Resolves a value that may be a reference. A reference to another document, to nothing or in a cycle becomes null.
    pub(super) fn resolve(self, value: &'v Value) -> &'v Value {
        let mut value = value;
        for _ in 0..LONGEST_CHAIN {
            let Some(reference) = value.get("$ref") else { return value };
            let target = reference.as_str().and_then(|text| text.strip_prefix('#'));
            let Some(found) = target.and_then(|pointer| self.0.pointer(&decoded(pointer))) else { return &Value::Null };
            value = found;
        }
        &Value::Null
    }

    /// Returns a member, resolved; null if there is none.
    pub(super) fn get(self, value: &'v Value, name: &str) -> &'v Value {
        value.get(name).map_or(&Value::Null, |member| self.resolve(member))
    }
}

/// Decodes the fragment of a URL. A text that is not percent-encoded stays unchanged.
fn decoded(pointer: &str) -> String {
    decode(pointer).map_or_else(|| pointer.to_owned(), |decoded| decoded.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_reference_is_followed_within_the_document_and_never_in_a_circle() {
        let document = json!({
            "a": {"$ref": "#/b"}, "b": {"$ref": "#/c~1d"}, "c/d": {"type": "string"}, "e f": 5,
            "encoded": {"$ref": "#/e%20f"}, "circle": {"$ref": "#/other"}, "other": {"$ref": "#/circle"},
            "itself": {"$ref": "#/itself"}, "away": {"$ref": "https://evil.example/x.json#/a"}, "nowhere": {"$ref": "#/z"},
            "number": {"$ref": 5}, "none": {"$ref": "#/%zz"},
        });
        for (name, expected) in [
            ("a", json!({"type": "string"})),
            ("encoded", json!(5)),
            ("circle", Value::Null),
            ("itself", Value::Null),
            ("away", Value::Null),
            ("nowhere", Value::Null),
            ("number", Value::Null),
            ("none", Value::Null),
        ] {
            assert_eq!(Document(&document).get(&document, name), &expected, "{name}");
        }
    }
}
