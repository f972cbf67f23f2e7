//! A session that the browser keeps, encrypted, in a cookie.

mod attributes;
mod cookie;
mod error;
mod header;
mod keys;
mod settings;
mod value;

#[cfg(feature = "axum")]
pub use self::value::NoSession;
pub use self::{cookie::SessionCookie, error::SessionTooLarge, settings::SessionSettings, value::Session};
