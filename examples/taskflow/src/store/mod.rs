//! Where accounts and tasks are kept: PostgreSQL, or SQLite on one's own machine.
//!
//! Both understand the same statements, so that what is tested with one is true of the other.

mod open;
mod statements;

use hardened::health::{Probe, ProbeError};
use sqlx::{PgPool, SqlitePool};

pub use self::open::StoreError;

/// An open database. Cheap to clone.
#[derive(Debug, Clone)]
pub enum Store {
    /// What production has.
    Postgres(PgPool),
    /// A file on one's own machine, or memory.
    Sqlite(SqlitePool),
}

/// For `/health` and `/readyz`.
impl Probe for Store {
    async fn check(&self) -> Result<(), ProbeError> {
        match self {
            Self::Postgres(pool) => pool.check().await,
            Self::Sqlite(pool) => sqlx::query("SELECT 1").execute(pool).await.map(drop).map_err(|_| ProbeError::Failed),
        }
    }
}
