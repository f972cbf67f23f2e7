//! A JSON Schema of the configuration, for editors and other programs.

use serde_json::{Map, Value, json};

use super::{one_line, sentences};
use crate::{
    Tier,
    schema::{Declared, Field, GroupSchema, Kind, Requirement, Schema, SettingSchema},
};

impl Schema {
    /// The JSON Schema (draft 2020-12) of `hardened.toml`: the settings at the top, in `[default]`, and in a section for
    /// each tier. Secrets are not offered, because they belong in no file. `x-variables` names the environment variables
    /// of a setting; `x-required-in-production` marks a setting or a group that may be absent in Development and Test
    /// only.
    #[must_use]
    pub fn json_schema(&self) -> Value {
        let settings = object(self, &mut self.settings().into_iter());
        let mut schema = settings.clone();
        if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
            for section in sections() {
                let table = json!({ "$ref": "#/$defs/settings" });
                // At the top a table of this name is the section, and everything else the setting.
                let section = match properties.remove(section) {
                    Some(setting) => (section, json!({ "anyOf": [table, setting] })),
                    None => (section, table),
                };
                properties.insert(section.0.to_owned(), section.1);
            }
        }
        schema.insert("$defs".to_owned(), json!({ "settings": settings }));
        schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        schema.insert("title".to_owned(), json!(self.name()));
        Value::Object(schema)
    }
}

/// The sections of a file: for every tier, and for each.
fn sections() -> impl Iterator<Item = &'static str> {
    std::iter::once("default").chain(Tier::ALL.into_iter().map(Tier::name))
}

/// One struct. `declared` walks in the same order as the fields.
fn object(schema: &Schema, declared: &mut impl Iterator<Item = Declared>) -> Map<String, Value> {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for field in schema.fields() {
        match field {
            Field::Setting(setting) => {
                let Some(one) = declared.next() else { continue };
                if setting.kind().is_secret() {
                    continue;
                }
                if setting.requirement() == Requirement::Required {
                    required.push(setting.field());
                }
                properties.insert(setting.field().to_owned(), property(&one, setting));
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
        Kind::Choice(choices) => choice(choices),
        Kind::List { of } => json!({ "type": ["array", "string", "number", "boolean"], "items": of_kind(of) }),
        // The exact text of a number, a boolean or a date counts.
        Kind::Text | Kind::Path => json!({ "type": ["string", "number", "boolean"] }),
        Kind::Foreign => json!({ "type": ["string", "number", "boolean", "array"] }),
        Kind::Duration => json!({ "type": ["string", "integer"] }),
        _ => json!({ "type": "string" }),
    };
    match schema {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}

/// A word as it is declared, which editors offer, or as the loader reads it as well: in any case, with `-` or `_`.
fn choice(choices: &[&str]) -> Value {
    let any_case = |symbol: char| match symbol {
        '-' | '_' => "[-_]".to_owned(),
        symbol if symbol.is_ascii_alphabetic() => {
            format!("[{}{}]", symbol.to_ascii_lowercase(), symbol.to_ascii_uppercase())
        }
        symbol => symbol.to_string(),
    };
    let words: Vec<String> = choices.iter().map(|word| word.chars().map(any_case).collect()).collect();
    let pattern = format!("^({})$", words.join("|"));
    json!({ "anyOf": [{ "enum": choices }, { "type": "string", "pattern": pattern }] })
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
