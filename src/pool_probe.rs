//! The probe of a pool of PostgreSQL connections.

use std::time::Duration;

use sqlx::{ConnectOptions as _, Connection as _, PgConnection, PgPool};
use tokio::time::{Instant, timeout, timeout_at};

use crate::{
    database::DatabaseFault,
    health::{Probe, ProbeError},
};

/// How long it waits for the pool, so that one in which all connections are in use is told from a database that does
/// not answer.
const WAIT: Duration = Duration::from_millis(1_100);

/// How long it then tries around the pool.
const TRY: Duration = Duration::from_millis(400);

/// Takes a connection of the pool and asks `SELECT 1`. A pool that gives none in time, or one that does not answer,
/// says little about the database: after a network failure all its connections can be half open. Whether the database
/// answers then shows on a connection beside the pool. Needs the features `health` and `sqlx`.
impl Probe for PgPool {
    async fn check(&self) -> Result<(), ProbeError> {
        let fault = |error: sqlx::Error| code(DatabaseFault::in_pool(&error, self));
        let end = Instant::now() + WAIT;
        let mut connection = match timeout_at(end, self.acquire()).await {
            Ok(acquired) => acquired.map_err(fault)?,
            Err(_) => return without(self).await,
        };
        match timeout_at(end, ask(&mut connection)).await {
            Ok(answered) => answered.map_err(fault),
            Err(_) => around(self).await,
        }
    }
}

/// What is true when the pool gives no connection. It tries again and again to connect, and tells nobody what happens.
async fn without(pool: &PgPool) -> Result<(), ProbeError> {
    match DatabaseFault::in_pool(&sqlx::Error::PoolTimedOut, pool) {
        DatabaseFault::PoolExhausted => Err(ProbeError::PoolExhausted),
        _ => around(pool).await,
    }
}

/// Asks on a connection of its own.
async fn around(pool: &PgPool) -> Result<(), ProbeError> {
    let attempt = async {
        let mut connection = pool.connect_options().connect().await?;
        ask(&mut connection).await?;
        // It was asked and has answered; how its end goes does not matter.
        let _ = connection.close().await;
        Ok(())
    };
    match timeout(TRY, attempt).await {
        Ok(answered) => answered.map_err(|error| code(DatabaseFault::of(&error))),
        Err(_) => Err(ProbeError::Timeout),
    }
}

async fn ask(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query("SELECT 1").execute(connection).await.map(drop)
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
