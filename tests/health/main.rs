//! Health checks, over real sockets and with probes that fail in every way.
#![cfg(feature = "health")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod contract;
#[cfg(all(unix, feature = "sqlx"))]
#[path = "../support/postgres.rs"]
mod database;
mod deadline;
mod flight;
#[cfg(all(target_os = "linux", feature = "sqlx"))]
mod load;
mod openapi;
#[cfg(all(unix, feature = "sqlx"))]
mod postgres;
mod readiness;
#[path = "../http/server.rs"]
mod server;

use axum::Router;
use hardened::health::Health;

/// The three services at their usual paths.
fn router(health: &Health) -> Router {
    Router::new()
        .route_service("/health", health.deep())
        .route_service("/livez", health.livez())
        .route_service("/readyz", health.readyz())
}
