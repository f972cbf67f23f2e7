//! Opens a database and migrates it.

use std::path::Path;

use hardened::{Database, database::DatabaseError};
use sqlx::{
    migrate::{MigrateError, Migrator},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::Store;
use crate::Settings;

static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");
static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");

/// The reason why the database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// PostgreSQL does not work.
    #[error("the database cannot be used: {0}")]
    Database(#[from] DatabaseError),
    /// The file cannot be opened.
    #[error("the file of EMBEDDED_STORAGE cannot be opened")]
    File,
    /// A migration failed.
    #[error("a migration failed: {0}")]
    Migration(#[from] MigrateError),
}

impl Store {
    /// Opens the database that the settings name, and migrates its tables to this version.
    ///
    /// # Errors
    ///
    /// When it cannot be reached, opened or migrated.
    pub async fn open(settings: &Settings) -> Result<Self, StoreError> {
        match &settings.database {
            Some(database) => postgres(database).await,
            None => sqlite(&settings.embedded_storage).await,
        }
    }
}

/// Migrates over a direct connection, because a session lock does not work through a connection pooler.
async fn postgres(database: &Database) -> Result<Store, StoreError> {
    let mut connection = database.connect_direct().await?;
    POSTGRES.run(&mut connection).await?;
    Ok(Store::Postgres(database.connect().await?))
}

async fn sqlite(file: &Path) -> Result<Store, StoreError> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal);
    let pool = pool(file).connect_with(options).await.map_err(|_| StoreError::File)?;
    SQLITE.run(&pool).await?;
    Ok(Store::Sqlite(pool))
}

/// Configures the pool. Each connection to `:memory:` is a separate database that ends with it, so there is only one, which
/// is kept forever.
fn pool(file: &Path) -> SqlitePoolOptions {
    match file.to_str() {
        Some(":memory:") => SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None),
        _ => SqlitePoolOptions::new().max_connections(4),
    }
}
