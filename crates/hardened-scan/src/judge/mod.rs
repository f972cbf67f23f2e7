//! Decides whether a text is a usable secret.

pub(crate) mod address;
mod alone;
pub(crate) mod base64;
pub(crate) mod credential;
pub(crate) mod name;
pub(crate) mod shape;
pub(crate) mod tests_only;
pub(crate) mod value;
