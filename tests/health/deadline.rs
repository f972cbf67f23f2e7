//! Health checks respond within their deadline, whatever a probe does.

use std::{future::pending, net::SocketAddr, time::Duration};

use axum::http::Request;
use hardened::{
    Tier,
    health::{Health, HealthBuilder, Probe, ProbeError},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::Instant,
};
use tower_service::Service;

use super::{
    LONG, assert_livez_does_not_wait, router,
    server::{get, serve},
};

/// A probe that requests one byte from a server.
struct OneByte(SocketAddr);

impl Probe for OneByte {
    async fn check(&self) -> Result<(), ProbeError> {
        let mut stream = TcpStream::connect(self.0).await?;
        stream.write_all(b"?").await?;
        stream.read_u8().await?;
        Ok(())
    }
}

/// Starts a server that accepts connections and never answers, and returns its address.
async fn swallowing() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let mut kept = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            kept.push(stream);
        }
    });
    address
}

/// Returns the status of a check, and how long it took on tokio's paused clock, which does not advance while any task runs.
async fn asked(health: HealthBuilder) -> (u16, Duration) {
    let start = Instant::now();
    let Ok(response) = health.build().healthz().call(Request::new(())).await;
    (response.status().as_u16(), start.elapsed())
}

fn hanging() -> HealthBuilder {
    Health::builder(Tier::Production, pending)
}

fn working() -> HealthBuilder {
    Health::builder(Tier::Production, || std::future::ready(Ok(())))
}

#[tokio::test(start_paused = true)]
async fn a_response_comes_within_the_deadline_even_if_a_probe_hangs() {
    let (second, millisecond) = (Duration::from_secs(1), Duration::from_millis(1));
    for (health, status, most) in [
        (hanging(), 503, 2 * second),
        (hanging().deadline(300 * millisecond), 503, 300 * millisecond),
        (hanging().deadline(millisecond), 503, 100 * millisecond),
        (hanging().optional("cache", pending), 503, 2 * second),
        // An optional dependency gets a quarter of the deadline.
        (working().optional("cache", pending), 200, second / 2),
        (working().optional("cache", pending).deadline(8 * second), 200, 2 * second),
        (working(), 200, Duration::ZERO),
    ] {
        let (answered, took) = asked(health).await;
        assert_eq!(answered, status);
        // Timers fire at most a millisecond late.
        assert!(took <= most + millisecond, "{took:?}, at most {most:?}");
    }
}

#[tokio::test]
async fn a_probe_that_hangs_is_reported_as_a_timeout() {
    let probe = OneByte(swallowing().await);
    let health = Health::builder(Tier::Production, probe).optional("cache", pending).build();
    let answer = get(serve(router(&health)).await, "/health").await;
    assert_eq!(answer.status, 503);
    assert!(answer.body.contains("\"error\":\"timeout\""), "{}", answer.body);
    assert!(answer.body.contains("\"cache\":\"timeout\""), "{}", answer.body);
}

#[tokio::test]
async fn while_the_database_hangs_nothing_else_does() {
    let health = Health::builder(Tier::Production, OneByte(swallowing().await)).deadline(LONG).build();
    assert_livez_does_not_wait(serve(router(&health)).await).await.abort();
}

#[tokio::test]
async fn a_database_without_a_listener_is_reported_as_refused() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let probe = OneByte(listener.local_addr().unwrap());
    drop(listener);
    let health = Health::builder(Tier::Production, probe).deadline(LONG).build();
    let answer = get(serve(router(&health)).await, "/health").await;
    assert_eq!(answer.status, 503);
    assert!(answer.body.contains("\"error\":\"refused\""), "{}", answer.body);
}
