//! Requests and responses that a client abandons are cancelled.

use std::sync::Arc;

use super::running::{Running, Seen, app, until};

#[tokio::test]
async fn the_handler_of_a_client_that_left_is_dropped() {
    let seen = Arc::<Seen>::default();
    let running = Running::start(app(&seen), &[]).await;
    let mut client = running.connect().await;
    client.get("/never").await;
    until(|| seen.begun.get() == 1).await;
    drop(client);
    until(|| seen.dropped.get() == 1).await;
}

#[tokio::test]
async fn the_body_of_a_client_that_left_is_dropped() {
    let seen = Arc::<Seen>::default();
    let running = Running::start(app(&seen), &[]).await;
    let mut client = running.connect().await;
    client.get("/endless").await;
    client.read_until("xxxx").await;
    drop(client);
    until(|| seen.dropped.get() == 1).await;
}
