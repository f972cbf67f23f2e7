//! Prints a JSON Schema of the configuration, for editors and other programs.

use serde_json::{Map, Value, json};

use super::{
    json_kind::pattern,
    one_line,
    rules::{narrowed, ruled},
    sentences,
};
use crate::{
    Tier,
    schema::{
        Declared, Defaults, Field, FieldRule, GroupSchema, GroupsSchema, Kind, MAX_KEY, Requirement, Schema,
        SettingSchema,
    },
};

impl Schema {
    /// Returns the JSON Schema (draft 2020-12) of `hardened.toml`: the settings at the top, in `[default]`, and in a
    /// section for each tier. It omits secrets, because they do not belong in a file. `x-variables` lists the
    /// environment variables of a setting; `x-required-in-production` marks a setting or a group that may be absent in
    /// Development and Test only.
    ///
    /// It accepts everything that the loader accepts. It cannot check what only the loader can: whether a text is an
    /// address, a URL, an origin or a value of the service's own type; whether a setting appears both at the top and in
    /// `[default]`; and that `80.0` is not a whole number, because JSON does not distinguish it from `80`.
    #[must_use]
    pub fn json_schema(&self) -> Value {
        let settings = object(self, &mut self.settings().into_iter());
        let mut schema = settings.clone();
        if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
            for section in sections() {
                let table = json!({ "$ref": "#/$defs/settings" });
                // At the top, a table of this name is the section, and any other value is the setting.
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

/// Returns the sections of a file: one for all tiers, and one for each tier.
fn sections() -> impl Iterator<Item = &'static str> {
    std::iter::once("default").chain(Tier::ALL.into_iter().map(Tier::name))
}

/// Returns the schema of one struct. `declared` iterates in the same order as the fields.
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
                    required.push(setting.key());
                }
                insert(&mut properties, field, property(&one, setting));
            }
            Field::Group(group) if group.variant().is_some() => {
                let mut inner = object(group.schema(), declared);
                for (field, schema) in inner.remove("properties").iter().filter_map(Value::as_object).flatten() {
                    of_variant(&mut properties, field, schema);
                }
            }
            Field::Group(group) => {
                insert(&mut properties, field, Value::Object(nested(group, declared)));
            }
            Field::Groups(groups) => {
                insert(&mut properties, field, Value::Object(collection(groups, declared)));
            }
        }
    }
    let mut object = Map::new();
    if !schema.docs().is_empty() {
        object.insert("description".to_owned(), json!(one_line(schema.docs())));
    }
    object.insert("type".to_owned(), json!("object"));
    object.insert("properties".to_owned(), Value::Object(properties));
    // A setting that the file lacks can come from the environment.
    object.insert("x-required".to_owned(), json!(required));
    object.insert("additionalProperties".to_owned(), json!(false));
    object
}

/// Adds a field under its key and all its aliases.
fn insert(properties: &mut Map<String, Value>, field: &Field, schema: Value) {
    for alias in field.aliases() {
        let mut schema = schema.clone();
        if let Some(members) = schema.as_object_mut().filter(|_| alias.is_deprecated()) {
            members.insert("deprecated".to_owned(), json!(true));
        }
        properties.insert(alias.key().to_owned(), schema);
    }
    properties.insert(field.key().to_owned(), schema);
}

/// Adds a setting of a variant of an enum. Another variant may have a setting of the same name.
fn of_variant(properties: &mut Map<String, Value>, field: &str, schema: &Value) {
    match properties.get_mut(field) {
        Some(other) if other == schema => {}
        Some(other) => *other = json!({ "anyOf": [other, schema] }),
        None => drop(properties.insert(field.to_owned(), schema.clone())),
    }
}

fn nested(group: &GroupSchema, declared: &mut impl Iterator<Item = Declared>) -> Map<String, Value> {
    let mut object = object(group.schema(), declared);
    object.extend(in_production(group.requirement()));
    object
}

/// Returns the schema of a list or a map of groups. Its bounds are only annotations, because variables can add elements
/// that a file lacks.
fn collection(groups: &GroupsSchema, declared: &mut impl Iterator<Item = Declared>) -> Map<String, Value> {
    let element = object(groups.schema(), declared);
    let schema = if groups.is_map() {
        let keys = json!({ "pattern": "^[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*$", "maxLength": MAX_KEY });
        json!({ "type": "object", "propertyNames": keys, "additionalProperties": element })
    } else {
        json!({ "type": "array", "items": element })
    };
    let Value::Object(mut schema) = schema else { return Map::new() };
    if groups.min() > 0 {
        schema.insert("x-min-elements".to_owned(), json!(groups.min()));
    }
    if groups.max() < usize::MAX {
        schema.insert("x-max-elements".to_owned(), json!(groups.max()));
    }
    schema.extend(in_production(groups.requirement()));
    schema
}

fn property(declared: &Declared, setting: &SettingSchema) -> Value {
    let mut property = of_setting(setting);
    let docs = one_line(setting.docs());
    let sentences = sentences(declared).join(". ");
    let description = if docs.is_empty() { sentences } else { format!("{}. {sentences}", docs.trim_end_matches('.')) };
    property.insert("description".to_owned(), json!(description));
    let variables: Vec<_> = declared.variables().iter().map(|name| name.as_str().to_owned()).collect();
    property.insert("x-variables".to_owned(), json!(variables));
    property.insert("x-kind".to_owned(), json!(setting.kind().name()));
    property.extend(in_production(setting.requirement()));
    property.extend(setting.deprecation().map(|_| ("deprecated".to_owned(), json!(true))));
    if let Requirement::Default(text) = setting.requirement() {
        property.insert("default".to_owned(), json!(text));
    }
    Value::Object(property)
}

/// Returns the annotation for a setting or group that may be absent in Development and Test only.
fn in_production(requirement: Requirement) -> Option<(String, Value)> {
    (requirement == Requirement::InProduction).then(|| ("x-required-in-production".to_owned(), json!(true)))
}

/// Returns the schema of the values that a file may have for a setting. It checks a text only as far as a pattern can: not
/// addresses, URLs, origins, and types that only the service knows.
fn of_setting(setting: &SettingSchema) -> Map<String, Value> {
    let schema = match setting.kind() {
        Kind::List { of } => {
            let one = ruled(of, setting.reading(), setting.item_rules());
            let schema = list(&narrowed(of, setting.item_rules()), setting.reading(), one);
            with_length(schema, setting.rules())
        }
        kind => ruled(&kind, setting.reading(), setting.rules()),
    };
    match schema {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}

/// Adds the bounds on the number of items of a list. The items of a text with commas are not counted.
fn with_length(mut schema: Value, rules: &[FieldRule]) -> Value {
    let length = rules.iter().find_map(|rule| match rule {
        FieldRule::Length(length) => Some(length),
        _ => None,
    });
    if let (Some(length), Some(items)) = (length, schema.pointer_mut("/anyOf/0").and_then(Value::as_object_mut)) {
        items.extend(length.min.map(|min| ("minItems".to_owned(), json!(min))));
        items.extend(length.max.map(|max| ("maxItems".to_owned(), json!(max))));
    }
    schema
}

/// Returns the schema of several values: as a list, as a text with commas or with a JSON list in it, or as a single value.
fn list(of: &Kind, reading: Defaults, mut one: Value) -> Value {
    // An item must not be blank or contain the separator. A list with one blank item counts as an empty list.
    let items = json!({ "allOf": [&one, { "pattern": r"^[^,]*[^,\s][^,]*$" }] });
    let blank = json!({ "type": "array", "maxItems": 1, "items": { "type": "string", "pattern": r"^\s*$" } });
    let text = match pattern(of, reading) {
        Some(item) => {
            json!({ "type": "string", "pattern": format!(r"^\s*(({item})(\s*,\s*({item}))*)?\s*$|^\s*\[") })
        }
        None => json!({ "type": "string" }),
    };
    if let Some(forms) = one.get_mut("anyOf").and_then(Value::as_array_mut) {
        // The text of a single item is already covered by the text of the list.
        forms.retain(|form| form.get("pattern").is_none());
    }
    json!({ "anyOf": [{ "type": "array", "items": items }, blank, text, one] })
}
