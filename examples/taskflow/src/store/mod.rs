//! The database for accounts and tasks: PostgreSQL, or SQLite on a developer's machine.
//!
//! Both understand the same statements, so tests with one also apply to the other.

mod open;
mod statements;

use hardened::health::{Probe, ProbeError};
use sqlx::{PgPool, SqlitePool};

pub use self::open::StoreError;

/// An open database, which is cheap to clone.
#[derive(Debug, Clone)]
pub enum Store {
    /// PostgreSQL, as in production.
    Postgres(PgPool),
    /// SQLite, in a file on a developer's machine or in memory.
    Sqlite(SqlitePool),
}

/// The probe for `/health` and `/readyz`.
impl Probe for Store {
    async fn check(&self) -> Result<(), ProbeError> {
        match self {
            Self::Postgres(pool) => pool.check().await,
            Self::Sqlite(pool) => sqlx::query("SELECT 1").execute(pool).await.map(drop).map_err(|_| ProbeError::Failed),
        }
    }
}
