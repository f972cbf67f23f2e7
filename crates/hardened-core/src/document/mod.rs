//! Documents that one command writes and another reads: JSON with a published schema, and what is wrong with one.

#[doc(hidden)]
pub mod described;
mod error;
mod place;
#[doc(hidden)]
pub mod text;
mod version;

#[doc(hidden)]
pub use ::{serde, serde_json};
use ::serde::de::DeserializeOwned;

pub(crate) use self::error::{json, members, read};
pub use self::{error::DocumentError, version::Version};

/// Reads a document of one version; which version it is, is judged before anything else.
#[doc(hidden)]
pub fn parse<T: DeserializeOwned>(text: &str, number: u16) -> Result<T, DocumentError> {
    #[derive(::serde::Deserialize)]
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
