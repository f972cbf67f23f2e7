//! Reading documents, and the JSON Schema of what they are written as. For the crates of this project only.

use std::{collections::BTreeMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error, MapAccess, Unexpected, Visitor},
};
use serde_json::{Map, Value, json};

use super::error::{DocumentError, read};

/// Reads a document of one version; which version it is, is judged before anything else.
///
/// # Errors
///
/// When it is of another version, or not what it must be.
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

/// Returns the JSON Schema of a document: draft 2020-12.
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
    /// What is written.
    fn schema() -> Value;

    /// What a member of this type is that is absent; `None` if it may not be.
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

/// One member of an object.
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

/// The schema of an object.
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

/// Reads a member that must appear once.
///
/// # Errors
///
/// When it appears again, or is not what it must be.
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

/// Returns what was read of a member.
///
/// # Errors
///
/// When it is absent and may not be.
pub fn found<T: Described, E: Error>(value: Option<T>, name: &'static str) -> Result<T, E> {
    value.or_else(T::absent).ok_or_else(|| E::missing_field(name))
}

/// Reads a text with a form of its own.
///
/// # Errors
///
/// When it is not what is expected. The error does not have the text.
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

/// Reads an object, and has its schema. Members that it does not have are passed over.
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

/// Reads a text, and has its schema.
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
