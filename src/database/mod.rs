//! The database.

mod url;

pub use self::url::{DatabaseUrl, Tls};
