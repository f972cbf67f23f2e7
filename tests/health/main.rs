//! Health checks over real sockets, with probes that fail in every way.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod contract;
mod deadline;
mod flight;
#[cfg(all(unix, feature = "sqlx"))]
mod hostile;
#[cfg(all(target_os = "linux", feature = "sqlx"))]
mod load;
mod openapi;
#[cfg(all(unix, feature = "sqlx"))]
mod postgres;
mod readiness;
mod without_database;

use std::{net::SocketAddr, time::Duration};

use axum::Router;
use hardened::health::Health;
use test_support::server;
#[cfg(all(unix, feature = "sqlx"))]
use test_support::{hostile as hostile_server, postgres as database, proxy};
use tokio::task::JoinHandle;

/// A router with the three health services at their usual paths.
fn router(health: &Health) -> Router {
    Router::new()
        .route_service("/health", health.healthz())
        .route_service("/livez", health.livez())
        .route_service("/readyz", health.readyz())
}

/// A deadline that no test reaches: a check with this deadline is still running when anything else has finished.
const LONG: Duration = Duration::from_secs(120);

/// Requests `/health`, and asserts that `/livez` responds while that check is still running.
async fn assert_livez_does_not_wait(address: SocketAddr) -> JoinHandle<server::Answer> {
    let check = tokio::spawn(async move { server::get(address, "/health").await });
    for _ in 0..20 {
        assert_eq!(server::get(address, "/livez").await.status, 200);
    }
    assert!(!check.is_finished());
    check
}
