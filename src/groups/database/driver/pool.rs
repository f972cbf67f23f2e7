//! Builds the pool with the settings of the configuration.

use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use super::{guard::Guard, probe};
use crate::database::Pool;

/// Creates a pool that connects on demand, and keeps the guard as long as the pool exists.
pub(super) fn make(settings: &Pool, options: PgConnectOptions, guard: Guard) -> PgPool {
    PgPoolOptions::new()
        .max_connections(settings.max_connections())
        .min_connections(settings.min_connections())
        .max_lifetime(settings.lifetime())
        .idle_timeout(settings.idle_timeout())
        .acquire_timeout(settings.acquire_timeout())
        // The driver's own test of a connection has no deadline: it would wait as long as a server is frozen.
        .test_before_acquire(false)
        .before_acquire(move |connection, metadata| {
            let _ = &guard;
            Box::pin(probe::before_acquire(connection, metadata))
        })
        .after_release(|connection, _| Box::pin(probe::after_release(connection)))
        .connect_lazy_with(options)
}
