//! Macros that define the types of documents, with the documentation of each member. For the crates of this project only.
//!
//! A service only writes documents. The feature `documents` adds reading them and describing them as JSON Schema.

/// Defines structs that are JSON objects; each field is a member.
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
        #[derive(Debug, Clone, PartialEq, Eq $($(, $extra)+)?)]
        pub struct $name {
            $($(#[doc = $docs])+ pub $field: $type,)+
        }

        impl $crate::document::serde::Serialize for $name {
            fn serialize<S: $crate::document::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use $crate::document::serde::ser::SerializeStruct as _;
                let mut members = serializer.serialize_struct(stringify!($name), [$(stringify!($field)),+].len())?;
                $(members.serialize_field(stringify!($field), &self.$field)?;)+
                members.end()
            }
        }

        $crate::document_object_is_read! { $name concat!($($about),+), $($field: $type, concat!($($docs),+);)+ }
    )+};
}

/// Defines enums whose variants are fixed words.
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
            /// Returns the word that the document contains.
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

/// Makes types readable and writable as text: takes the expected form, the JSON Schema, a reader and a writer.
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

        $crate::document_text_is_read! { $type: $expected, $schema, $read }
    )+};
}

/// Expands to nothing: without the feature `documents`, documents are not read or described.
#[cfg(not(feature = "documents"))]
#[doc(hidden)]
#[macro_export]
macro_rules! document_object_is_read {
    ($($object:tt)*) => {};
}

/// Expands to nothing: without the feature `documents`, documents are not read or described.
#[cfg(not(feature = "documents"))]
#[doc(hidden)]
#[macro_export]
macro_rules! document_text_is_read {
    ($($text:tt)*) => {};
}

pub use crate::{document_objects as objects, document_texts as texts, document_words as words};
