//! Signs of life, with a deadline.

use std::time::Duration;

use sqlx::{Connection as _, PgConnection, pool::PoolConnectionMetadata};

/// How long a sign of life may take.
pub(super) const DEADLINE: Duration = Duration::from_secs(1);

/// A connection that was in use within this time is believed to live: under load nothing is asked, and a restart of the
/// server takes longer.
const QUIET: Duration = Duration::from_millis(100);

/// Whether an idle connection can be handed out; another is opened in the place of one that cannot.
pub(super) async fn before_acquire(
    connection: &mut PgConnection,
    metadata: PoolConnectionMetadata,
) -> sqlx::Result<bool> {
    Ok(metadata.idle_for < QUIET || answers(connection).await)
}

/// Whether a connection that is given back can be kept. The driver asks as well, without a deadline: a connection to a
/// server that froze would take a place in the pool for as long as it is frozen.
pub(super) async fn after_release(connection: &mut PgConnection) -> sqlx::Result<bool> {
    Ok(answers(connection).await)
}

async fn answers(connection: &mut PgConnection) -> bool {
    matches!(tokio::time::timeout(DEADLINE, connection.ping()).await, Ok(Ok(())))
}
