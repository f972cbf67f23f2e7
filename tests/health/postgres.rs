//! A pool of real connections, to a server that fails in every way.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use hardened::{Database, Environment, Loader, health::Health};
use sqlx::PgPool;

use super::{
    database::{Postgres, Setup},
    router,
    server::{Answer, get, serve},
};

/// A service with a pool of two connections to a server.
async fn service(server: &Postgres) -> (SocketAddr, PgPool) {
    let environment =
        Environment::empty().set("ENVIRONMENT", "test").set("DATABASE_URL", server.url()).set("DATABASE_POOL_MAX", "2");
    let settings = Loader::new().environment(environment).load::<Database>().unwrap();
    let pool = settings.connect().await.unwrap();
    (serve(router(&Health::new(settings.tier(), pool.clone()))).await, pool)
}

#[track_caller]
fn assert_fails(answer: &Answer, errors: &[&str]) {
    assert_eq!(answer.status, 503);
    let document: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(document["database"], "disconnected");
    assert!(errors.contains(&document["error"].as_str().unwrap()), "{}", answer.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_killed_is_503_and_after_its_return_the_first_request_is_200() {
    let server = Postgres::start();
    let (address, _pool) = service(&server).await;
    assert_eq!(get(address, "/health").await.status, 200);

    server.kill();
    // A good outcome is kept for a second.
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    for _ in 0..3 {
        let start = Instant::now();
        assert_fails(&get(address, "/health").await, &["refused"]);
        assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    }

    server.restart();
    assert_eq!(get(address, "/health").await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_frozen_is_503_within_two_seconds_and_nothing_else_waits() {
    let server = Postgres::start();
    let (address, _pool) = service(&server).await;
    assert_eq!(get(address, "/health").await.status, 200);

    server.freeze();
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    let start = Instant::now();
    let (frozen, ()) = tokio::join!(get(address, "/health"), async {
        let asked = Instant::now();
        assert_eq!(get(address, "/livez").await.status, 200);
        assert!(asked.elapsed() < Duration::from_millis(500), "{:?}", asked.elapsed());
    });
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    assert_fails(&frozen, &["timeout"]);

    server.thaw();
    let thawed = Instant::now();
    while get(address, "/health").await.status != 200 {
        assert!(thawed.elapsed() < Duration::from_secs(10), "no recovery");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pool_whose_connections_are_all_in_use_says_so() {
    let server = Postgres::start();
    let (address, pool) = service(&server).await;
    let taken = (pool.acquire().await.unwrap(), pool.acquire().await.unwrap());
    let start = Instant::now();
    assert_fails(&get(address, "/health").await, &["pool-exhausted"]);
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    drop(taken);
    assert_eq!(get(address, "/health").await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_requests_at_once_cost_one_query() {
    let server = Postgres::start_with(&Setup::default().set("log_statement", "all"));
    let environment = Environment::empty().set("ENVIRONMENT", "test").set("DATABASE_URL", server.url());
    let settings = Loader::new().environment(environment).load::<Database>().unwrap();
    let pool = settings.connect().await.unwrap();
    let health = Health::builder(settings.tier(), pool).ttl(Duration::from_secs(60)).build();
    let address = serve(router(&health)).await;
    let before = queries(&server);
    for _ in 0..5 {
        let requests: Vec<_> = (0..200).map(|_| tokio::spawn(get(address, "/health"))).collect();
        for request in requests {
            assert_eq!(request.await.unwrap().status, 200);
        }
    }
    assert_eq!(queries(&server) - before, 1, "{}", server.log());
}

fn queries(server: &Postgres) -> usize {
    server.log().lines().filter(|line| line.contains("SELECT 1")).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_answer_shows_the_password_or_where_the_database_is() {
    let server = Postgres::start();
    let (address, _pool) = service(&server).await;
    server.kill();
    let answer = get(address, "/health").await;
    for secret in [super::database::PASSWORD, &server.port().to_string(), "127.0.0.1", "SELECT"] {
        assert!(!answer.body.contains(secret), "{}", answer.body);
    }
}
