//! JSON documents that one command writes and another reads, with published schemas and errors.

#[doc(hidden)]
pub mod described;
mod error;
mod place;
#[cfg(feature = "documents")]
#[doc(hidden)]
pub mod reading;
mod version;

#[doc(hidden)]
pub use ::{serde, serde_json};

/// Returns the document as the text of a file: JSON with a line break at the end.
#[doc(hidden)]
#[must_use]
pub fn text(document: &impl serde::Serialize) -> String {
    // Our documents cannot fail to serialise, because all keys are text.
    serde_json::to_string_pretty(document).unwrap_or_default() + "\n"
}

pub(crate) use self::error::{json, members};
pub use self::{error::DocumentError, version::Version};
