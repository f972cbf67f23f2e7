//! Documents that one command writes and another reads: JSON with a published schema, and what is wrong with one.

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

/// A document as its file has it: JSON with a line break at the end.
#[doc(hidden)]
#[must_use]
pub fn text(document: &impl serde::Serialize) -> String {
    // Nothing in our documents can fail to serialise: keys are text.
    serde_json::to_string_pretty(document).unwrap_or_default() + "\n"
}

pub(crate) use self::error::{json, members};
pub use self::{error::DocumentError, version::Version};
