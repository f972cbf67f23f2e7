//! The probe for a pool of PostgreSQL connections.

use std::time::Duration;

use sqlx::{ConnectOptions as _, Connection as _, PgConnection, PgPool};
use tokio::time::{Instant, timeout, timeout_at};

use super::{Probe, ProbeError};
use crate::database::DatabaseFault;

/// The time limit if the caller sets none: the database's share of the default deadline.
const USUAL: Duration = Duration::from_millis(1_600);

/// Returns the pool's share of the time. It is long enough to tell a pool whose connections are all in use from a
/// database that does not answer.
fn pools(limit: Duration) -> Duration {
    limit * 11 / 16
}

/// Returns the share of the time for a separate connection.
fn own(limit: Duration) -> Duration {
    limit * 4 / 16
}

/// Takes a connection from the pool and runs `SELECT 1`. If the pool gives none in time, or the connection does not
/// answer, that says little about the database: after a network failure all connections of a pool can be half open. In
/// that case the probe opens a separate connection. Needs the features `health` and `sqlx`.
impl Probe for PgPool {
    async fn check(&self) -> Result<(), ProbeError> {
        self.check_within(USUAL).await
    }

    async fn check_within(&self, limit: Duration) -> Result<(), ProbeError> {
        let fault = |error: sqlx::Error| code(DatabaseFault::in_pool(&error, self));
        let end = Instant::now() + pools(limit);
        let mut connection = match timeout_at(end, self.acquire()).await {
            Ok(Ok(connection)) => connection,
            Ok(Err(sqlx::Error::PoolTimedOut)) | Err(_) => return without(self, own(limit)).await,
            Ok(Err(error)) => return Err(fault(error)),
        };
        match timeout_at(end, ask(&mut connection)).await {
            Ok(answered) => answered.map_err(fault),
            Err(_) => around(self, own(limit)).await,
        }
    }
}

/// Finds out why the pool gives no connection. The pool itself retries silently, so its error does not tell.
async fn without(pool: &PgPool, limit: Duration) -> Result<(), ProbeError> {
    match DatabaseFault::in_pool(&sqlx::Error::PoolTimedOut, pool) {
        DatabaseFault::PoolExhausted => Err(ProbeError::PoolExhausted),
        _ => around(pool, limit).await,
    }
}

/// Runs the query on a separate connection.
async fn around(pool: &PgPool, limit: Duration) -> Result<(), ProbeError> {
    let attempt = async {
        let mut connection = pool.connect_options().connect().await?;
        ask(&mut connection).await?;
        // The database has answered; whether the connection closes cleanly does not matter.
        let _ = connection.close().await;
        Ok(())
    };
    match timeout(limit, attempt).await {
        Ok(answered) => answered.map_err(|error| code(DatabaseFault::of(&error))),
        Err(_) => Err(ProbeError::Timeout),
    }
}

async fn ask(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query("SELECT 1").execute(connection).await.map(drop)
}

/// Maps a fault to a code. Some faults share one because a monitor does not need the difference.
fn code(fault: DatabaseFault) -> ProbeError {
    match fault {
        DatabaseFault::Timeout => ProbeError::Timeout,
        DatabaseFault::Refused | DatabaseFault::Unreachable => ProbeError::Refused,
        DatabaseFault::Auth => ProbeError::Auth,
        DatabaseFault::Tls => ProbeError::Tls,
        DatabaseFault::PoolExhausted => ProbeError::PoolExhausted,
        _ => ProbeError::Failed,
    }
}
