//! The database.

mod url;

pub use self::url::DatabaseUrl;

/// Where the database is.
///
/// Variables: `DATABASE_URL` (required).
///
/// # Errors
///
/// Loading refuses with `secret-missing` and the rules of a credential.
#[derive(Debug, hardened_derive::Config)]
pub struct Database {
    /// The URL of the database, password included.
    #[config(env = "DATABASE_URL")]
    url: DatabaseUrl,
}

impl Database {
    /// The URL.
    #[must_use]
    pub fn url(&self) -> &DatabaseUrl {
        &self.url
    }
}
