//! Liveness and readiness.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use hardened::{
    Tier,
    health::{Health, ProbeError},
};

use super::{
    router,
    server::{get, serve},
};

#[tokio::test]
async fn liveness_never_asks_the_database() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    let health = Health::new(Tier::Production, move || {
        counted.fetch_add(1, Ordering::SeqCst);
        std::future::ready(Err(ProbeError::Refused))
    });
    let answer = get(serve(router(&health)).await, "/livez").await;
    assert_eq!((answer.status, answer.body.as_str()), (200, r#"{"status":"ok"}"#));
    assert_eq!(asked.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_service_whose_database_is_down_is_not_ready() {
    let health = Health::new(Tier::Production, || std::future::ready(Err(ProbeError::Refused)));
    assert_eq!(get(serve(router(&health)).await, "/readyz").await.status, 503);
}

#[tokio::test]
async fn readiness_fails_first_when_the_service_stops() {
    let health = Health::new(Tier::Production, || std::future::ready(Ok(())));
    let address = serve(router(&health)).await;
    assert_eq!(get(address, "/readyz").await.status, 200);

    let draining = health.clone();
    let drain = tokio::spawn(async move { draining.drain(Duration::from_secs(3600)).await });
    tokio::task::yield_now().await;

    let answer = get(address, "/readyz").await;
    assert_eq!((answer.status, answer.body.as_str()), (503, r#"{"error":"shutting-down","status":"unhealthy"}"#));
    assert_eq!(get(address, "/livez").await.status, 200);
    assert_eq!(get(address, "/health").await.status, 200);
    assert!(!drain.is_finished());
    drain.abort();
}
