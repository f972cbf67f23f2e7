//! Adds the rules of a field to the JSON Schema of its values.

use serde_json::{Map, Value, json};

use super::{json_kind::of_kind, number::within};
use crate::schema::{Defaults, FieldRule, Kind, Literal};

/// Returns the schema of one value that keeps the rules of its field. A blank text is always valid, because it counts as
/// unset.
pub(super) fn ruled(kind: &Kind, reading: Defaults, rules: &[FieldRule]) -> Value {
    let mut schema = of_kind(&narrowed(kind, rules), reading);
    for rule in rules {
        schema = match rule {
            FieldRule::Range(range) if matches!(kind, Kind::Decimal) => {
                let (from, to) = (range.from.as_ref().map(number), range.to.as_ref().map(number));
                let maximum = if range.below { "exclusiveMaximum" } else { "maximum" };
                let bounds = [("minimum", from), (maximum, to)];
                let bounds = bounds.into_iter().filter_map(|(name, bound)| Some((name.to_owned(), bound?)));
                // The bound applies only to numbers, not to a number that is written as text.
                if let Some(schema) = schema.as_object_mut() {
                    schema.extend(bounds);
                }
                schema
            }
            FieldRule::Range(_) => schema,
            FieldRule::OneOf(values) => one_of(kind, reading, values),
            FieldRule::Length(length) => {
                let min = length.min.map(|min| ("minLength".to_owned(), json!(min)));
                let max = length.max.map(|max| ("maxLength".to_owned(), json!(max)));
                texts(schema, min.into_iter().chain(max))
            }
            FieldRule::Matches(pattern) => {
                let name = if is_common(pattern) { "pattern" } else { "x-pattern" };
                texts(schema, [(name.to_owned(), json!(["^(?:", pattern, ")$"].concat()))])
            }
        };
    }
    schema
}

/// Returns the kind with the bounds of the field applied to whole numbers.
pub(super) fn narrowed(kind: &Kind, rules: &[FieldRule]) -> Kind {
    let range = rules.iter().find_map(|rule| match rule {
        FieldRule::Range(range) => Some(range),
        _ => None,
    });
    match (kind, range) {
        (Kind::Integer { min, max }, Some(range)) => {
            let (min, max) = range.of_whole_numbers(*min, *max);
            Kind::Integer { min, max }
        }
        (kind, _) => *kind,
    }
}

fn number(literal: &Literal) -> Value {
    match literal {
        Literal::Whole(number) => i64::try_from(*number).map_or(Value::Null, |number| json!(number)),
        Literal::Decimal { value, .. } => json!(value),
        Literal::Text(text) => json!(text),
    }
}

/// Returns the schema of a list of allowed values. Editors offer the values as they are declared. A number can also be
/// written as a text, and a duration in other units.
fn one_of(kind: &Kind, reading: Defaults, values: &[Literal]) -> Value {
    let whole = |value: &Literal| match value {
        Literal::Whole(number) => Some(*number),
        _ => None,
    };
    let numbers: Vec<_> = values.iter().filter_map(whole).collect();
    let values: Vec<_> = values.iter().map(number).collect();
    let otherwise = match kind {
        Kind::Integer { .. } => {
            let alternatives: Vec<_> = numbers.iter().map(|number| within(*number, *number)).collect();
            vec![json!({ "type": "string", "pattern": format!(r"^\s*({})?\s*$", alternatives.join("|")) })]
        }
        Kind::Decimal | Kind::Duration => {
            let Value::Object(schema) = of_kind(kind, reading) else { return json!({ "enum": values }) };
            let forms = schema.get("anyOf").and_then(Value::as_array).into_iter().flatten();
            forms.filter(|form| form.get("pattern").is_some()).cloned().collect()
        }
        _ => vec![blank()],
    };
    any_of(std::iter::once(json!({ "enum": values })).chain(otherwise))
}

/// Adds a rule for the texts that a schema accepts.
fn texts(schema: Value, rule: impl IntoIterator<Item = (String, Value)>) -> Value {
    let rule: Map<_, _> = rule.into_iter().collect();
    match schema {
        // An earlier rule has already added the alternative of a blank text.
        Value::Object(mut both) if both.get("anyOf").is_some() => {
            if let Some(text) = both.get_mut("anyOf").and_then(|forms| forms.get_mut(0)).and_then(Value::as_object_mut)
            {
                text.extend(rule);
            }
            Value::Object(both)
        }
        Value::Object(mut text) => {
            text.extend(rule);
            any_of([Value::Object(text), blank()])
        }
        other => other,
    }
}

fn any_of(forms: impl IntoIterator<Item = Value>) -> Value {
    json!({ "anyOf": forms.into_iter().collect::<Vec<_>>() })
}

fn blank() -> Value {
    json!({ "type": "string", "pattern": r"^\s*$" })
}

/// Returns whether JSON Schema, which uses JavaScript's regular expressions, reads a pattern in the same way.
fn is_common(pattern: &str) -> bool {
    let own = [r"\A", r"\z", r"\p", r"\P", r"\x", r"\u", r"\U", r"\Q", r"\<", r"\b{", "[[", "&&", "--", "~~"];
    let has_flags =
        pattern.match_indices("(?").any(|(at, _)| !pattern.get(at..).is_some_and(|rest| rest.starts_with("(?:")));
    pattern.is_ascii() && !has_flags && !own.iter().any(|own| pattern.contains(own))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_that_javascript_reads_otherwise_is_not_offered_to_it() {
        for (pattern, expected) in [
            ("^[a-z]+$", true),
            (r"[^@\s]+@[^@\s]+", true),
            (r"(?:a|b)\.c", true),
            (r"\d{4}-\d{2}", true),
            ("(?i)abc", false),
            ("(?P<name>a)", false),
            (r"\p{L}+", false),
            (r"a\z", false),
            ("[[:alpha:]]", false),
            ("[a-z&&[^b]]", false),
            ("é", false),
        ] {
            assert_eq!(is_common(pattern), expected, "{pattern}");
        }
    }
}
