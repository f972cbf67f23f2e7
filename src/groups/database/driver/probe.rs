//! Pings connections, with a deadline.

use std::time::Duration;

use sqlx::{Connection as _, PgConnection, pool::PoolConnectionMetadata};

/// The time limit for a ping.
pub(super) const DEADLINE: Duration = Duration::from_secs(1);

/// A connection that was in use within this time counts as alive. Under load no connection is pinged, and a restart of the
/// server takes longer than this.
const QUIET: Duration = Duration::from_millis(100);

/// Returns whether an idle connection can be handed out; otherwise the pool opens another one.
pub(super) async fn before_acquire(
    connection: &mut PgConnection,
    metadata: PoolConnectionMetadata,
) -> sqlx::Result<bool> {
    Ok(metadata.idle_for < QUIET || answers(connection).await)
}

/// Returns whether a returned connection can be kept. The driver checks it too, but without a deadline: a connection to a
/// frozen server would occupy a place in the pool as long as the server is frozen.
pub(super) async fn after_release(connection: &mut PgConnection) -> sqlx::Result<bool> {
    Ok(answers(connection).await)
}

async fn answers(connection: &mut PgConnection) -> bool {
    matches!(tokio::time::timeout(DEADLINE, connection.ping()).await, Ok(Ok(())))
}
