//! Health checks, over real sockets and with probes that fail in every way.
#![cfg(feature = "health")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod contract;
#[cfg(all(unix, feature = "sqlx"))]
#[path = "../support/postgres.rs"]
mod database;
mod deadline;
mod flight;
#[cfg(all(unix, feature = "sqlx"))]
mod hostile;
#[cfg(all(unix, feature = "sqlx"))]
#[path = "../support/hostile.rs"]
mod hostile_server;
#[cfg(all(target_os = "linux", feature = "sqlx"))]
mod load;
mod openapi;
#[cfg(all(unix, feature = "sqlx"))]
mod postgres;
#[cfg(all(unix, feature = "sqlx"))]
#[path = "../support/proxy.rs"]
mod proxy;
mod readiness;
#[path = "../http/server.rs"]
mod server;

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use axum::Router;
use hardened::health::Health;

/// The three services at their usual paths.
fn router(health: &Health) -> Router {
    Router::new()
        .route_service("/health", health.deep())
        .route_service("/livez", health.livez())
        .route_service("/readyz", health.readyz())
}

/// An answer of `/health`, in time.
async fn health_in_two_seconds(address: SocketAddr) -> server::Answer {
    let start = Instant::now();
    let answer = server::get(address, "/health").await;
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    answer
}

/// Asks for `/livez` again and again. The median, for a shared machine may stop for a moment at any one of them.
async fn assert_livez_answers_in_a_few_milliseconds(address: SocketAddr) {
    let mut times = Vec::new();
    for _ in 0..200 {
        let start = Instant::now();
        assert_eq!(server::get(address, "/livez").await.status, 200);
        times.push(start.elapsed());
    }
    times.sort_unstable();
    let median = times[times.len() / 2];
    assert!(median.as_millis() < 10, "{median:?}");
}
