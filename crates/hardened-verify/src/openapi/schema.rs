//! Makes a minimal value that a schema accepts: only the required members.

use serde_json::{Map, Value, json};

use super::reference::Document;

/// The maximum depth of a value.
const DEEPEST: usize = 6;

/// The maximum number of schemas to visit for one value, because a small document can describe an infinite one.
pub(super) const MOST: usize = 400;

/// The members of an object schema, collected from all of its parts.
pub(super) struct Members<'v> {
    pub(super) properties: Vec<(&'v str, &'v Value)>,
    required: Vec<&'v str>,
}

impl<'v> Members<'v> {
    /// Collects the members of an object schema; empty if it describes something else. `left` schemas may still be visited.
    pub(super) fn of(document: Document<'v>, schema: &'v Value, left: &mut usize) -> Self {
        let mut members = Self { properties: Vec::new(), required: Vec::new() };
        members.add(document, document.resolve(schema), 0, left);
        members
    }

    fn add(&mut self, document: Document<'v>, schema: &'v Value, depth: usize, left: &mut usize) {
        let Some(fewer) = left.checked_sub(1).filter(|_| depth <= DEEPEST) else { return };
        *left = fewer;
        for (name, property) in schema["properties"].as_object().into_iter().flatten().take(MOST) {
            if self.properties.iter().all(|(known, _)| known != name) {
                self.properties.push((name, document.resolve(property)));
            }
        }
        self.required.extend(schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str));
        for part in schema["allOf"].as_array().into_iter().flatten() {
            self.add(document, document.resolve(part), depth + 1, left);
        }
        if let Some(part) = alternative(document, schema) {
            self.add(document, part, depth + 1, left);
        }
    }

    pub(super) fn requires(&self, name: &str) -> bool {
        self.required.contains(&name)
    }
}

/// Returns the first alternative of a schema that is not null.
fn alternative<'v>(document: Document<'v>, schema: &'v Value) -> Option<&'v Value> {
    let alternatives = ["oneOf", "anyOf"].into_iter().filter_map(|name| schema[name].as_array()).flatten();
    alternatives.map(|one| document.resolve(one)).find(|one| kind(one) != Some("null") && !one.is_null())
}

/// Returns the type of a schema; of several types, the first that is not null.
pub(super) fn kind(schema: &Value) -> Option<&str> {
    match &schema["type"] {
        Value::String(kind) => Some(kind),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null").or(Some("null")),
        _ => None,
    }
}

/// Returns the part of a schema that describes a value other than null.
pub(super) fn not_null<'v>(document: Document<'v>, schema: &'v Value) -> &'v Value {
    let schema = document.resolve(schema);
    if kind(schema).is_some() { schema } else { alternative(document, schema).unwrap_or(schema) }
}

/// Makes a value that the schema accepts, as far as possible.
pub(super) fn sample(document: Document<'_>, schema: &Value, left: &mut usize) -> Value {
    sample_at(document, document.resolve(schema), 0, left)
}

fn sample_at<'v>(document: Document<'v>, schema: &'v Value, depth: usize, left: &mut usize) -> Value {
    let Some(fewer) = left.checked_sub(1).filter(|_| depth <= DEEPEST) else { return Value::Null };
    *left = fewer;
    if let Some(value) = said(schema) {
        return value.clone();
    }
    match kind(schema) {
        Some("string") => text(schema).into(),
        Some("integer" | "number") => number(schema),
        Some("boolean") => false.into(),
        Some("null") => Value::Null,
        Some("array") => {
            let least = schema["minItems"].as_u64().unwrap_or(0).min(8);
            let item = document.get(schema, "items");
            (0..least).map(|_| sample_at(document, item, depth + 1, left)).collect()
        }
        _ => {
            let members = Members::of(document, schema, left);
            if members.properties.is_empty()
                && let Some(one) = alternative(document, schema)
            {
                return sample_at(document, one, depth + 1, left);
            }
            let required = members.properties.iter().filter(|(name, _)| members.requires(name));
            let made =
                required.map(|(name, schema)| ((*name).to_owned(), sample_at(document, schema, depth + 1, left)));
            Value::Object(made.collect::<Map<_, _>>())
        }
    }
}

/// Returns a value that the document itself gives.
fn said(schema: &Value) -> Option<&Value> {
    let listed = |name: &str| schema[name].as_array().and_then(|values| values.iter().find(|value| !value.is_null()));
    if schema.get("properties").is_some() {
        // The example of an object may have members that the service sets itself.
        return schema.get("const");
    }
    schema
        .get("const")
        .or_else(|| listed("enum"))
        .or_else(|| schema.get("example"))
        .or_else(|| listed("examples"))
        .or_else(|| schema.get("default"))
}

fn text(schema: &Value) -> String {
    let made = match schema["format"].as_str() {
        Some("uuid") => "00000000-0000-4000-8000-000000000000",
        Some("date") => "2030-01-01",
        Some("date-time") => "2030-01-01T00:00:00Z",
        Some("time") => "12:00:00Z",
        Some("email" | "idn-email") => "verify@example.com",
        Some("uri" | "url" | "iri" | "uri-reference") => "https://example.com/",
        Some("hostname" | "idn-hostname") => "example.com",
        Some("ipv4") => "192.0.2.1",
        Some("ipv6") => "2001:db8::1",
        _ => "x",
    };
    let least = usize::try_from(schema["minLength"].as_u64().unwrap_or(0)).unwrap_or(0).min(1024);
    let mut made = made.to_owned();
    made.extend(std::iter::repeat_n('x', least.saturating_sub(made.len())));
    made
}

fn number(schema: &Value) -> Value {
    let bound = |name: &str| schema[name].as_f64();
    let step = bound("multipleOf").filter(|step| *step > 0.0).unwrap_or(1.0);
    // Before OpenAPI 3.1, `exclusiveMinimum` says whether `minimum` itself is excluded.
    let above =
        if schema["exclusiveMinimum"].as_bool() == Some(true) { bound("minimum") } else { bound("exclusiveMinimum") };
    let least = above.map(|least| least + step.min(1.0)).or(bound("minimum")).unwrap_or(step);
    let most = bound("maximum").or_else(|| bound("exclusiveMaximum").map(|most| most - step));
    let made = (least / step).ceil() * step;
    let made = most.map_or(made, |most| made.min(most));
    if kind(schema) == Some("integer") || made.fract() == 0.0 { json!(made as i64) } else { json!(made) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_has_what_is_required_and_nothing_more() {
        for (schema, expected) in [
            (json!({}), json!({})),
            (json!({"type": "string"}), json!("x")),
            (json!({"type": ["null", "string"], "minLength": 3}), json!("xxx")),
            (json!({"type": "string", "format": "uuid"}), json!("00000000-0000-4000-8000-000000000000")),
            (json!({"type": "string", "enum": ["low", "high"]}), json!("low")),
            (json!({"const": 7}), json!(7)),
            (json!({"type": "string", "example": "Ada"}), json!("Ada")),
            (json!({"type": "string", "examples": ["Ada"]}), json!("Ada")),
            (json!({"type": "integer"}), json!(1)),
            (json!({"type": "integer", "minimum": 5}), json!(5)),
            (json!({"type": "integer", "minimum": 5, "exclusiveMinimum": true}), json!(6)),
            (json!({"type": "integer", "exclusiveMinimum": 5}), json!(6)),
            (json!({"type": "integer", "minimum": 5, "multipleOf": 4}), json!(8)),
            (json!({"type": "integer", "maximum": 0}), json!(0)),
            (json!({"type": "number", "minimum": 0.5, "multipleOf": 0.5}), json!(0.5)),
            (json!({"type": "boolean"}), json!(false)),
            (json!({"type": "array", "minItems": 2, "items": {"type": "boolean"}}), json!([false, false])),
            (json!({"type": "array"}), json!([])),
            (json!({"anyOf": [{"type": "null"}, {"type": "integer"}]}), json!(1)),
            (
                json!({"properties": {"a": {"type": "string"}, "b": {"type": "string"}}, "required": ["a", "gone"]}),
                json!({"a": "x"}),
            ),
            (json!({"allOf": [{"properties": {"a": {"type": "string"}}}, {"required": ["a"]}]}), json!({"a": "x"})),
        ] {
            assert_eq!(sample(Document(&schema), &schema, &mut 400), expected, "{schema}");
        }
    }

    #[test]
    fn a_schema_that_requires_itself_ends() {
        let schema = json!({"properties": {"next": {"$ref": "#"}, "all": {"type": "array", "minItems": 9, "items": {"$ref": "#"}}},
            "required": ["next"], "allOf": [{"$ref": "#"}], "oneOf": [{"$ref": "#"}]});
        assert!(sample(Document(&schema), &schema, &mut 400).is_object());
    }
}
