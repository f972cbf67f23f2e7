//! Reads documents and describes their form as JSON Schema. For the crates of this project only.

use std::{collections::BTreeMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error, MapAccess, Unexpected, Visitor},
};
use serde_json::{Map, Value, json};

use super::error::{DocumentError, read};

/// Reads a document of one version. The version is checked before the rest of the document is read.
///
/// # Errors
///
/// When the document has another version or another form.
pub fn parse<T: DeserializeOwned>(text: &str, number: u16) -> Result<T, DocumentError> {
    #[derive(Deserialize)]
    #[serde(expecting = "an object")]
    struct Versioned {
        schema_version: u16,
    }
    let found = read::<Versioned>(text)?.schema_version;
    if found == number {
        return read(text);
    }
    let line = text.lines().position(|line| line.contains("\"schema_version\"")).map(|index| index + 1);
    let expected = format!("version {found}; must be {number}: use a release of hardened that reads it");
    Err(DocumentError::version(line, expected))
}

/// Returns the JSON Schema (draft 2020-12) of a document.
#[must_use]
pub fn schema_of<T: Described>(title: &str) -> Value {
    let mut schema = T::schema();
    if let Some(members) = schema.as_object_mut() {
        members.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
        members.insert("title".to_owned(), title.into());
    }
    schema
}

/// A type with a JSON Schema.
pub trait Described: Sized {
    /// Returns the schema of the type.
    fn schema() -> Value;

    /// Returns the value of an absent member; `None` if the member is required.
    fn absent() -> Option<Self> {
        None
    }
}

impl Described for String {
    fn schema() -> Value {
        json!({ "type": "string" })
    }
}

impl Described for bool {
    fn schema() -> Value {
        json!({ "type": "boolean" })
    }
}

impl Described for u16 {
    fn schema() -> Value {
        json!({ "type": "integer", "minimum": 0, "maximum": Self::MAX })
    }
}

impl Described for u64 {
    fn schema() -> Value {
        json!({ "type": "integer", "minimum": 0 })
    }
}

impl<T: Described> Described for Vec<T> {
    fn schema() -> Value {
        json!({ "type": "array", "items": T::schema() })
    }
}

impl<T: Described> Described for BTreeMap<String, T> {
    fn schema() -> Value {
        json!({ "type": "object", "additionalProperties": T::schema() })
    }
}

impl<T: Described> Described for Option<T> {
    fn schema() -> Value {
        json!({ "anyOf": [T::schema(), { "type": "null" }] })
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

/// A member of an object, with its schema.
pub struct Member {
    name: &'static str,
    docs: &'static str,
    schema: Value,
    optional: bool,
}

impl Member {
    pub fn of<T: Described>(name: &'static str, docs: &'static str) -> Self {
        Self { name, docs, schema: T::schema(), optional: T::absent().is_some() }
    }
}

/// Returns the schema of an object.
pub fn object(docs: &str, members: Vec<Member>) -> Value {
    let required: Vec<_> = members.iter().filter(|member| !member.optional).map(|member| member.name).collect();
    let properties: Map<String, Value> = members
        .into_iter()
        .map(|Member { name, docs, mut schema, .. }| {
            if let Some(schema) = schema.as_object_mut() {
                schema.insert("description".to_owned(), docs.trim().into());
            }
            (name.to_owned(), schema)
        })
        .collect();
    json!({ "type": "object", "description": docs.trim(), "required": required, "properties": properties })
}

/// Reads the value of a member and rejects a duplicate.
///
/// # Errors
///
/// When the member appears again, or its value has another form.
pub fn member<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    value: &mut Option<T>,
    name: &'static str,
    members: &mut A,
) -> Result<(), A::Error> {
    if value.is_some() {
        return Err(A::Error::duplicate_field(name));
    }
    *value = Some(members.next_value()?);
    Ok(())
}

/// Returns the value that was read for a member, or that of an absent member.
///
/// # Errors
///
/// When the member is absent but required.
pub fn found<T: Described, E: Error>(value: Option<T>, name: &'static str) -> Result<T, E> {
    value.or_else(T::absent).ok_or_else(|| E::missing_field(name))
}

/// Reads a string that has its own format.
///
/// # Errors
///
/// When the string does not have the expected format. The error does not contain the string.
pub fn text<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    expected: &'static str,
    read: fn(&str) -> Option<T>,
) -> Result<T, D::Error> {
    deserializer.deserialize_str(Text { expected, read })
}

struct Text<T> {
    expected: &'static str,
    read: fn(&str) -> Option<T>,
}

impl<T> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.read)(text).ok_or_else(|| E::invalid_value(Unexpected::Other("text"), &self))
    }
}

/// Implements `Deserialize` and `Described` for an object. Unknown members are ignored.
#[doc(hidden)]
#[macro_export]
macro_rules! document_object_is_read {
    ($name:ident $about:expr, $($field:ident: $type:ty, $docs:expr;)+) => {
        impl<'de> $crate::document::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::document::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                use $crate::document::{reading, serde::de};

                struct Members;

                impl<'de> de::Visitor<'de> for Members {
                    type Value = $name;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("an object")
                    }

                    fn visit_map<A: de::MapAccess<'de>>(self, mut members: A) -> Result<$name, A::Error> {
                        $(let mut $field: Option<$type> = None;)+
                        while let Some(name) = members.next_key::<String>()? {
                            match name.as_str() {
                                $(stringify!($field) => {
                                    reading::member(&mut $field, stringify!($field), &mut members)?;
                                })+
                                _ => drop(members.next_value::<de::IgnoredAny>()?),
                            }
                        }
                        Ok($name { $($field: reading::found($field, stringify!($field))?,)+ })
                    }
                }

                deserializer.deserialize_map(Members)
            }
        }

        impl $crate::document::reading::Described for $name {
            fn schema() -> $crate::document::serde_json::Value {
                use $crate::document::reading::{Member, object};
                object($about, vec![$(Member::of::<$type>(stringify!($field), $docs),)+])
            }
        }
    };
}

/// Implements `Deserialize` and `Described` for a type that is written as text.
#[doc(hidden)]
#[macro_export]
macro_rules! document_text_is_read {
    ($type:ty: $expected:literal, $schema:expr, $read:expr) => {
        impl<'de> $crate::document::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::document::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::document::reading::text(deserializer, $expected, $read)
            }
        }

        impl $crate::document::reading::Described for $type {
            fn schema() -> $crate::document::serde_json::Value {
                $schema
            }
        }
    };
}
