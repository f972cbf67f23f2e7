//! The probe of a pool of PostgreSQL connections.

use std::time::Duration;

use sqlx::{ConnectOptions, Connection, PgPool, Postgres, pool::PoolConnection};
use tokio::time::timeout;

use crate::{
    database::DatabaseFault,
    health::{Probe, ProbeError},
};

/// How long it waits for a connection of the pool, so that one in which all are in use is told from a database that
/// does not answer.
const WAIT: Duration = Duration::from_millis(1_100);

/// How long it then tries to connect by itself, to learn why the pool has no connection.
const TRY: Duration = Duration::from_millis(400);

/// Takes a connection of the pool and asks `SELECT 1`. Needs the features `health` and `sqlx`.
impl Probe for PgPool {
    async fn check(&self) -> Result<(), ProbeError> {
        let fault = |error: sqlx::Error| code(DatabaseFault::in_pool(&error, self));
        let mut connection = match timeout(WAIT, self.acquire()).await {
            Ok(acquired) => acquired.map_err(fault)?,
            Err(_) => return Err(why(self).await),
        };
        ask(&mut connection).await.map_err(fault)
    }
}

/// Why a pool has no connection to give. It tries again and again to connect, and tells nobody what happens.
async fn why(pool: &PgPool) -> ProbeError {
    let fault = DatabaseFault::in_pool(&sqlx::Error::PoolTimedOut, pool);
    if fault == DatabaseFault::PoolExhausted {
        return ProbeError::PoolExhausted;
    }
    let attempt = async { pool.connect_options().connect().await?.close().await };
    match timeout(TRY, attempt).await {
        Ok(Err(error)) => code(DatabaseFault::of(&error)),
        Ok(Ok(())) | Err(_) => ProbeError::Timeout,
    }
}

async fn ask(connection: &mut PoolConnection<Postgres>) -> Result<(), sqlx::Error> {
    sqlx::query("SELECT 1").execute(&mut **connection).await.map(drop)
}

/// Several faults of a database are one to whoever watches the service.
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
