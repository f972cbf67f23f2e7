//! Health checks, over real sockets and with probes that fail in every way.
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

/// The three services at their usual paths.
fn router(health: &Health) -> Router {
    Router::new()
        .route_service("/health", health.healthz())
        .route_service("/livez", health.livez())
        .route_service("/readyz", health.readyz())
}

/// Longer than anything but a hang takes: a check with this deadline is still under way when something else has ended.
const LONG: Duration = Duration::from_secs(120);

/// Asks for `/health`, and for `/livez` while that answer is under way.
async fn assert_livez_does_not_wait(address: SocketAddr) -> JoinHandle<server::Answer> {
    let check = tokio::spawn(async move { server::get(address, "/health").await });
    for _ in 0..20 {
        assert_eq!(server::get(address, "/livez").await.status, 200);
    }
    assert!(!check.is_finished());
    check
}
