//! The URL of a database, which holds its password.

mod canonical;
mod database_url;
#[cfg(feature = "sqlx")]
mod driver;
mod endpoint;
mod flaws;
mod known;
mod options;
mod parameters;
mod parse;
mod part;
mod parts;
mod placeholder;
mod private;
mod readers;
mod scheme;
mod setting;
mod tls;
mod wrapping;

#[cfg(feature = "sqlx")]
pub(crate) use self::endpoint::is_own_address;
pub(crate) use self::{canonical::Pieces, endpoint::Endpoint};
pub use self::{database_url::DatabaseUrl, tls::Tls};
