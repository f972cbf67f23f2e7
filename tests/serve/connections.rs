//! The limit on the number of connections.

use std::sync::Arc;

use super::{
    running::{Client, Running, Seen, app},
    server::{exchange, get},
};

const REQUEST: &str = "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n";

/// Opens a connection that counts against the limit, because it was answered.
async fn held(running: &Running) -> Client {
    let mut client = running.connect().await;
    client.get("/").await;
    client.answer("hello").await;
    client
}

#[tokio::test]
async fn beyond_the_maximum_health_checks_are_answered_and_others_get_503() {
    let seen = Arc::<Seen>::default();
    let limits = [("HTTP_MAX_CONNECTIONS", "2"), ("HTTP_RESERVED_CONNECTIONS", "2")];
    let running = Running::start(app(&seen), &limits).await;
    let first = held(&running).await;
    let _second = held(&running).await;
    for _ in 0..10 {
        let answer = exchange(running.address, REQUEST).await;
        assert_eq!((answer.status, answer.header("retry-after")), (503, Some("1")));
        for path in ["/livez", "/readyz", "/health"] {
            assert_eq!(get(running.address, path).await.status, 200, "{path}");
        }
    }
    assert_eq!(seen.begun.get(), 2);
    drop(first);
    super::running::within(async {
        while exchange(running.address, "GET / HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n").await.status
            != 200
        {}
    })
    .await;
}

#[tokio::test]
async fn silent_connections_in_every_place_do_not_keep_health_checks_out() {
    let limits = [("HTTP_MAX_CONNECTIONS", "5"), ("HTTP_RESERVED_CONNECTIONS", "3")];
    let running = Running::start(app(&Arc::default()), &limits).await;
    let mut silent = Vec::new();
    for _ in 0..200 {
        silent.push(running.connect().await);
        assert!(running.is_alive().await);
    }
    // Connections that had to make room are closed, and the first ones keep their places.
    for client in &mut silent[5..190] {
        assert_eq!(client.rest().await, "");
    }
    for client in &mut silent[..5] {
        client.get("/").await;
        client.answer("hello").await;
    }
}
