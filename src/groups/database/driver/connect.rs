//! Connects through sqlx. This module and its siblings set every option of the driver.

use std::time::Duration;

use sqlx::{ConnectOptions as _, Connection as _, PgConnection, PgPool, postgres::PgConnectOptions};

use super::{DatabaseError, DatabaseFault, guard::Guard, options, pool, probe};
use crate::Database;

/// The pause before the second and last attempt, in which a sleeping database wakes up.
const PAUSE: Duration = Duration::from_secs(1);

/// Needs the feature `sqlx`.
impl Database {
    /// Connects once and returns a pool that opens more connections when needed.
    ///
    /// An attempt lasts at most as long as [`Pool::acquire_timeout`](crate::database::Pool::acquire_timeout). If it
    /// fails in a way that may be temporary (no answer, refused, out of connections), one more is made after 1 s: a
    /// sleeping database has woken up by then. A wrong password or certificate is not tried again.
    ///
    /// Every option of the driver comes from this configuration: `PG*` variables and `.pgpass` change nothing. No
    /// statement and no notice of the server is logged. A connection that was idle for 100 ms or more is pinged before
    /// it is handed out, for at most 1 s, and so is every connection that is returned to the pool.
    ///
    /// A guard between the driver and the server drops notices and bounds what a hostile server can do. It runs in the
    /// Tokio runtime that called this function, and the pool works as long as that runtime runs.
    ///
    /// What it cannot guarantee: the driver keeps copies of the password, and anyone who prints
    /// `PgPool::connect_options` sees it.
    ///
    /// ```no_run
    /// # async fn run(database: &hardened::Database) -> Result<(), Box<dyn std::error::Error>> {
    /// let pool = database.connect().await?;
    /// let one: i32 = sqlx::query_scalar("SELECT 1").fetch_one(&pool).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns a [`DatabaseError`] with the code of its [fault](DatabaseFault).
    pub async fn connect(&self) -> Result<PgPool, DatabaseError> {
        let (options, guard) = self.options()?;
        let connection = self.establish(&options).await.map_err(|fault| self.error(fault))?;
        // This connection was only a test. It does not matter whether the server receives its end.
        let _ = tokio::time::timeout(probe::DEADLINE, connection.close()).await;
        Ok(pool::make(self.pool(), options, guard))
    }

    /// Creates a pool without connecting, so that errors appear with the first query. Call it in the Tokio runtime that
    /// uses the pool.
    ///
    /// # Errors
    ///
    /// Returns a [`DatabaseError`] with the code `configuration`, or `other` without a runtime.
    pub fn connect_lazy(&self) -> Result<PgPool, DatabaseError> {
        let (options, guard) = self.options()?;
        Ok(pool::make(self.pool(), options, guard))
    }

    /// Opens one connection that bypasses a pooler, for migrations: to `DATABASE_DIRECT_URL`, or to the direct host
    /// derived from the pooled one.
    ///
    /// # Errors
    ///
    /// Returns a [`DatabaseError`] with the code of its [fault](DatabaseFault).
    pub async fn connect_direct(&self) -> Result<PgConnection, DatabaseError> {
        let (url, endpoint, port) = self.direct();
        let error = |fault| DatabaseError::new(fault, &endpoint, port, url.database());
        // The guard can be dropped afterwards, because there will be no further connection.
        let (options, _guard) =
            options::make(url, &endpoint, port, url.tls(self.tier()), self.is_own_machine_refused()).map_err(error)?;
        self.establish(&options).await.map_err(error)
    }

    fn options(&self) -> Result<(PgConnectOptions, Guard), DatabaseError> {
        let url = self.url();
        options::make(url, url.endpoint(), url.port(), self.tls(), self.is_own_machine_refused())
            .map_err(|fault| self.error(fault))
    }

    async fn establish(&self, options: &PgConnectOptions) -> Result<PgConnection, DatabaseFault> {
        let deadline = self.pool().acquire_timeout();
        match attempt(options, deadline).await {
            Err(fault) if fault.is_passing() => {
                tokio::time::sleep(PAUSE).await;
                attempt(options, deadline).await
            }
            outcome => outcome,
        }
    }
}

async fn attempt(options: &PgConnectOptions, deadline: Duration) -> Result<PgConnection, DatabaseFault> {
    match tokio::time::timeout(deadline, options.connect()).await {
        Ok(Ok(connection)) => Ok(connection),
        Ok(Err(error)) => Err(DatabaseFault::of(&error)),
        Err(_) => Err(DatabaseFault::Timeout),
    }
}
