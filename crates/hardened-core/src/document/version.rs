//! The schema version of a document.

/// The schema version of a document, fixed by the type, so that a document with another version cannot be built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Version<const NUMBER: u16>;

impl<const NUMBER: u16> Version<NUMBER> {
    /// The version number.
    pub const NUMBER: u16 = NUMBER;
}

impl<const NUMBER: u16> serde::Serialize for Version<NUMBER> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(NUMBER)
    }
}

/// Accepts any number, because [`parse`](super::reading::parse) checks the version before it reads the document.
#[cfg(feature = "documents")]
impl<'de, const NUMBER: u16> serde::Deserialize<'de> for Version<NUMBER> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        u16::deserialize(deserializer).map(|_| Self)
    }
}

#[cfg(feature = "documents")]
impl<const NUMBER: u16> super::reading::Described for Version<NUMBER> {
    fn schema() -> serde_json::Value {
        serde_json::json!({ "const": NUMBER })
    }
}
