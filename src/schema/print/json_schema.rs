//! A JSON Schema of the configuration, for editors and other programs.

use serde_json::{Map, Value, json};

use super::{one_line, sentences};
use crate::schema::{Declared, Field, GroupSchema, Kind, Requirement, Schema, SettingSchema};

impl Schema {
    /// The JSON Schema (draft 2020-12) of the configuration as `hardened.toml` nests it. `x-variables` names the
    /// environment variables of a setting; a secret is marked `writeOnly` and `x-secret`, and belongs into no file;
    /// `x-required-in-production` marks a setting or a group that may be absent in Development and Test only.
    #[must_use]
    pub fn json_schema(&self) -> Value {
        let mut declared = self.settings().into_iter();
        let mut schema = object(self, &mut declared);
        schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        schema.insert("title".to_owned(), json!(self.name()));
        Value::Object(schema)
    }
}

/// One struct. `declared` walks in the same order as the fields.
fn object(schema: &Schema, declared: &mut impl Iterator<Item = Declared>) -> Map<String, Value> {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for field in schema.fields() {
        match field {
            Field::Setting(setting) => {
                if setting.requirement() == Requirement::Required && !setting.kind().is_secret() {
                    required.push(setting.field());
                }
                properties.extend(declared.next().map(|one| (setting.field().to_owned(), property(&one, setting))));
            }
            Field::Group(group) => {
                properties.insert(group.field().to_owned(), Value::Object(nested(group, declared)));
            }
        }
    }
    let mut object = Map::new();
    if !schema.docs().is_empty() {
        object.insert("description".to_owned(), json!(one_line(schema.docs())));
    }
    object.insert("type".to_owned(), json!("object"));
    object.insert("properties".to_owned(), Value::Object(properties));
    // The environment can have what a file lacks.
    object.insert("x-required".to_owned(), json!(required));
    object.insert("additionalProperties".to_owned(), json!(false));
    object
}

fn nested(group: &GroupSchema, declared: &mut impl Iterator<Item = Declared>) -> Map<String, Value> {
    let mut object = object(group.schema(), declared);
    object.extend(in_production(group.requirement()));
    object
}

fn property(declared: &Declared, setting: &SettingSchema) -> Value {
    let mut property = of_kind(&setting.kind());
    let docs = one_line(setting.docs());
    let sentences = sentences(declared).join(". ");
    let description = if docs.is_empty() { sentences } else { format!("{}. {sentences}", docs.trim_end_matches('.')) };
    property.insert("description".to_owned(), json!(description));
    let variables: Vec<_> = declared.variables().iter().map(|name| name.as_str().to_owned()).collect();
    property.insert("x-variables".to_owned(), json!(variables));
    property.insert("x-kind".to_owned(), json!(setting.kind().name()));
    property.extend(in_production(setting.requirement()));
    if let Requirement::Default(text) = setting.requirement() {
        property.insert("default".to_owned(), json!(text));
    }
    if setting.kind().is_secret() {
        property.insert("writeOnly".to_owned(), json!(true));
        property.insert("x-secret".to_owned(), json!(true));
    }
    Value::Object(property)
}

/// The mark of what may be absent in Development and Test only.
fn in_production(requirement: Requirement) -> Option<(String, Value)> {
    (requirement == Requirement::InProduction).then(|| ("x-required-in-production".to_owned(), json!(true)))
}

fn of_kind(kind: &Kind) -> Map<String, Value> {
    let schema = match kind {
        Kind::Boolean => json!({ "type": ["boolean", "string"] }),
        Kind::Integer { min, max } => bounded(*min, *max),
        Kind::Decimal => json!({ "type": ["number", "string"] }),
        Kind::Choice(choices) => json!({ "enum": choices }),
        Kind::List { of } => json!({ "type": ["array", "string"], "items": of_kind(of) }),
        _ => json!({ "type": "string" }),
    };
    match schema {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}

/// A bound outside of 64 bits is left out: numbers of JSON do not hold it.
fn bounded(min: i128, max: i128) -> Value {
    let mut schema = json!({ "type": ["integer", "string"] });
    for (name, bound) in [("minimum", i64::try_from(min)), ("maximum", i64::try_from(max))] {
        if let (Ok(bound), Some(schema)) = (bound, schema.as_object_mut()) {
            schema.insert(name.to_owned(), json!(bound));
        }
    }
    schema
}
