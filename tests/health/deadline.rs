use std::{
    future::pending,
    net::SocketAddr,
    time::{Duration, Instant},
};

use hardened::{
    Tier,
    health::{Health, Probe, ProbeError},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use super::{
    assert_livez_answers_in_a_few_milliseconds, health_in_two_seconds, router,
    server::{get, serve},
};

/// Asks a server for one byte.
struct OneByte(SocketAddr);

impl Probe for OneByte {
    async fn check(&self) -> Result<(), ProbeError> {
        let mut stream = TcpStream::connect(self.0).await?;
        stream.write_all(b"?").await?;
        stream.read_u8().await?;
        Ok(())
    }
}

/// A server that accepts and never answers.
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

async fn assert_answers_in_time(health: Health, error: &str) {
    let address = serve(router(&health)).await;
    // While the database hangs, nothing else does.
    let (unhealthy, ()) =
        tokio::join!(health_in_two_seconds(address), assert_livez_answers_in_a_few_milliseconds(address));
    assert_eq!(unhealthy.status, 503);
    assert!(unhealthy.body.contains(&format!("\"error\":\"{error}\"")), "{}", unhealthy.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_accepts_and_never_answers_is_503_within_two_seconds() {
    assert_answers_in_time(Health::new(Tier::Production, OneByte(swallowing().await)), "timeout").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_probe_that_never_ends_is_503_within_two_seconds() {
    assert_answers_in_time(Health::new(Tier::Production, pending), "timeout").await;
}

#[tokio::test]
async fn a_database_that_nobody_listens_for_is_refused_at_once() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let probe = OneByte(listener.local_addr().unwrap());
    drop(listener);
    assert_answers_in_time(Health::new(Tier::Production, probe), "refused").await;
}

#[tokio::test]
async fn something_optional_that_hangs_neither_fails_the_check_nor_delays_it_for_long() {
    let works = || std::future::ready(Ok(()));
    let health = Health::builder(Tier::Production, works).optional("cache", pending).build();
    let start = Instant::now();
    let answer = get(serve(router(&health)).await, "/health").await;
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("\"cache\":\"timeout\""), "{}", answer.body);
    assert!(start.elapsed() < Duration::from_millis(1_500), "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_deadline_of_the_services_own_holds_too() {
    let health = Health::builder(Tier::Production, pending).deadline(Duration::from_millis(300)).build();
    let start = Instant::now();
    assert_eq!(get(serve(router(&health)).await, "/health").await.status, 503);
    assert!(start.elapsed() < Duration::from_millis(1_000), "{:?}", start.elapsed());
}
