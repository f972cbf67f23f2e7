//! Sessions in an encrypted cookie that the browser keeps.

mod attributes;
mod cookie;
mod error;
#[cfg(feature = "axum")]
mod extract;
mod header;
mod keys;
mod settings;
mod value;

#[cfg(feature = "axum")]
pub use self::extract::NoSession;
pub use self::{cookie::SessionCookie, error::SessionTooLarge, settings::SessionSettings, value::Session};
