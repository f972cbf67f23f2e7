//! The types of documents, each with the JSON Schema of what it is written as: one home for both. For the crates of this
//! project only.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// A type with a JSON Schema.
pub trait Described {
    /// Whether a member of this type may be absent.
    const OPTIONAL: bool = false;

    /// What is written.
    fn schema() -> Value;
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
    const OPTIONAL: bool = true;

    fn schema() -> Value {
        json!({ "anyOf": [T::schema(), { "type": "null" }] })
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
        Self { name, docs, schema: T::schema(), optional: T::OPTIONAL }
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

/// Defines structs whose fields are the members of an object.
#[doc(hidden)]
#[macro_export]
macro_rules! document_objects {
    ($(
        $(#[doc = $about:literal])+
        $(#[derive($($extra:ident),+)])?
        $name:ident {
            $($(#[doc = $docs:literal])+ $field:ident: $type:ty,)+
        }
    )+) => {$(
        $(#[doc = $about])+
        #[derive(Debug, Clone, PartialEq, Eq, $crate::document::serde::Serialize, $crate::document::serde::Deserialize $($(, $extra)+)?)]
        #[serde(crate = "hardened_core::document::serde", expecting = "an object")]
        pub struct $name {
            $($(#[doc = $docs])+ pub $field: $type,)+
        }

        impl $crate::document::described::Described for $name {
            fn schema() -> $crate::document::serde_json::Value {
                $crate::document::described::object(concat!($($about),+), vec![
                    $($crate::document::described::Member::of::<$type>(stringify!($field), concat!($($docs),+)),)+
                ])
            }
        }
    )+};
}

/// Defines enums of words.
#[doc(hidden)]
#[macro_export]
macro_rules! document_words {
    ($(
        $(#[doc = $about:literal])+
        $name:ident ($expected:literal) {
            $($(#[doc = $docs:literal])+ $variant:ident = $word:literal,)+
        }
    )+) => {$(
        $(#[doc = $about])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[doc = $docs])+ $variant,)+
        }

        impl $name {
            /// Returns the word in the document.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        $crate::document_texts! {
            $name: $expected, $crate::document::serde_json::json!({ "enum": [$($word),+] }), |text| match text {
                $($word => Some(Self::$variant),)+
                _ => None,
            }, |word| word.name();
        }
    )+};
}

/// Reads and writes types as text: what is expected, the schema, how it is read and how it is written.
#[doc(hidden)]
#[macro_export]
macro_rules! document_texts {
    ($($type:ty: $expected:literal, $schema:expr, $read:expr, $write:expr;)+) => {$(
        impl $crate::document::serde::Serialize for $type {
            fn serialize<S: $crate::document::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let write: fn(&Self) -> _ = $write;
                serializer.collect_str(&write(self))
            }
        }

        impl<'de> $crate::document::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::document::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::document::text::read(deserializer, $expected, $read)
            }
        }

        impl $crate::document::described::Described for $type {
            fn schema() -> $crate::document::serde_json::Value {
                $schema
            }
        }
    )+};
}

pub use crate::{document_objects as objects, document_texts as texts, document_words as words};
