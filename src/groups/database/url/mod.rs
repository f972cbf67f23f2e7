//! The URL of a database, which contains its password.

mod canonical;
mod database_url;
#[cfg(feature = "guard")]
mod driver;
mod flaws;
mod known;
mod options;
mod parameters;
mod parse;
mod readers;
mod scheme;
mod setting;
mod tls;

pub(crate) use self::canonical::Pieces;
pub use self::{database_url::DatabaseUrl, tls::Tls};
