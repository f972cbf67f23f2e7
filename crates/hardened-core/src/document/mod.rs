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

pub(crate) use self::error::{json, members};
pub use self::{error::DocumentError, version::Version};
