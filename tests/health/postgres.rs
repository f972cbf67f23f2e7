//! Health checks with a pool of real connections, against a server that fails in every way.

use std::{net::SocketAddr, time::Duration};

use hardened::{Database, Environment, Loaded, Loader, Tier, health::Health};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use sqlx::{PgPool, pool::PoolConnection};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

use super::{
    LONG, assert_livez_does_not_wait,
    database::{DATABASE, PASSWORD, Postgres, Setup, USER},
    proxy::Proxy,
    router,
    server::{Answer, get, serve},
};

fn settings(url: &str, connections: usize) -> Loaded<Database> {
    // Short, so that a patient check still has time for a separate connection when the pool gives none.
    settings_with(url, connections, "2s")
}

fn settings_with(url: &str, connections: usize, acquire: &str) -> Loaded<Database> {
    let environment = Environment::empty()
        .set("ENVIRONMENT", "test")
        .set("DATABASE_URL", url)
        .set("DATABASE_POOL_ACQUIRE_TIMEOUT", acquire)
        .set("DATABASE_POOL_MAX", connections.to_string());
    Loader::new().environment(environment).load().unwrap()
}

/// A check that caches no outcome, and has a deadline that is long enough for a slow machine.
fn patient(tier: Tier, pool: &PgPool) -> Health {
    Health::builder(tier, pool.clone()).ttl(Duration::ZERO).deadline(LONG).build()
}

/// Starts a service with a patient check and a pool of two connections to a server.
async fn service(server: &Postgres) -> (SocketAddr, PgPool) {
    let settings = settings(&server.url(), 2);
    let pool = settings.connect_lazy().unwrap();
    (serve(router(&patient(Loaded::tier(&settings), &pool))).await, pool)
}

/// Starts a service with the default deadline, whose pool has not connected yet.
pub(crate) async fn lazy_service(url: &str) -> SocketAddr {
    let settings = settings(url, 2);
    serve(router(&Health::new(Loaded::tier(&settings), settings.connect_lazy().unwrap()))).await
}

/// Starts a service with a patient check, whose pool has not connected yet.
pub(crate) async fn patient_lazy_service(url: &str) -> SocketAddr {
    let settings = settings(url, 2);
    serve(router(&patient(Loaded::tier(&settings), &settings.connect_lazy().unwrap()))).await
}

/// Returns a pool behind a proxy, with all of its connections open.
async fn pool_behind(proxy: &Proxy, connections: usize) -> PgPool {
    opened(&settings(&url_through(proxy), connections), connections).await
}

async fn opened(settings: &Database, connections: usize) -> PgPool {
    let pool = settings.connect_lazy().unwrap();
    drop(taken(&pool, connections).await);
    all_returned(&pool, connections).await;
    pool
}

/// Waits until every connection is back in the pool. A connection that goes silent on its way back would never return.
async fn all_returned(pool: &PgPool, connections: usize) {
    while pool.num_idle() < connections {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// Takes this many connections from the pool, however long it takes to open them.
async fn taken(pool: &PgPool, connections: usize) -> Vec<PoolConnection<sqlx::Postgres>> {
    let mut taken = Vec::new();
    while taken.len() < connections {
        match pool.acquire().await {
            Ok(connection) => taken.push(connection),
            Err(error) => assert!(matches!(error, sqlx::Error::PoolTimedOut), "{error}"),
        }
    }
    taken
}

fn url_through(proxy: &Proxy) -> String {
    format!("postgres://{USER}:{PASSWORD}@127.0.0.1:{}/{DATABASE}", proxy.port())
}

#[track_caller]
pub(crate) fn assert_fails(answer: &Answer, errors: &[&str]) {
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
    for _ in 0..3 {
        assert_fails(&get(address, "/health").await, &["refused"]);
    }

    server.restart();
    assert_eq!(get(address, "/health").await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_an_outage_that_left_every_connection_half_open_the_first_request_is_200() {
    let server = Postgres::start();
    let proxy = Proxy::to(server.port()).await;
    let pool = pool_behind(&proxy, 5).await;
    let address = serve(router(&patient(Tier::Test, &pool))).await;
    assert_eq!(get(address, "/health").await.status, 200);

    proxy.silence();
    server.kill();
    assert_eq!(get(address, "/health").await.status, 503);
    server.restart();
    // Each of the next four requests gets an old connection.
    for request in 1..=5 {
        assert_eq!(get(address, "/health").await.status, 200, "request {request}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_open_connections_that_use_up_the_time_of_the_pool_hide_no_database() {
    let server = Postgres::start();
    let proxy = Proxy::to(server.port()).await;
    // Less than the second that an old connection has to answer a ping.
    let pool = opened(&settings_with(&url_through(&proxy), 5, "500ms"), 5).await;
    let address = serve(router(&patient(Tier::Test, &pool))).await;
    proxy.silence();
    tokio::time::sleep(Duration::from_millis(150)).await;
    assert_eq!(get(address, "/health").await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_goes_half_open_right_after_its_use_hides_no_database() {
    let server = Postgres::start();
    let proxy = Proxy::to(server.port()).await;
    let pool = opened(&settings_with(&url_through(&proxy), 1, "1m"), 1).await;
    // That leaves 33 s for the pool, and 12 s for a separate connection.
    let health = Health::builder(Tier::Test, pool.clone()).ttl(Duration::ZERO).deadline(LONG / 2).build();
    let address = serve(router(&health)).await;
    assert_eq!(get(address, "/health").await.status, 200);
    // For 100 ms, the pool assumes that the connection is alive. On a slower machine it pings the connection instead.
    all_returned(&pool, 1).await;
    proxy.silence();
    assert_eq!(get(address, "/health").await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_frozen_is_503_and_nothing_else_waits() {
    let server = Postgres::start();
    let settings = settings(&server.url(), 2);
    let pool = settings.connect_lazy().unwrap();
    let usual = Health::builder(Loaded::tier(&settings), pool.clone()).ttl(Duration::ZERO).build();
    let (usual, patient) = (serve(router(&usual)).await, serve(router(&patient(Loaded::tier(&settings), &pool))).await);
    assert_eq!(get(patient, "/health").await.status, 200);

    server.freeze();
    assert_fails(&get(usual, "/health").await, &["timeout"]);
    let check = assert_livez_does_not_wait(patient).await;

    server.thaw();
    assert_eq!(check.await.unwrap().status, 200);
    assert_eq!(get(patient, "/health").await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_never_answered_is_503_and_nothing_else_waits() {
    // The kernel accepts connections although the listener does not.
    let swallows = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = swallows.local_addr().unwrap().port();
    let url = format!("postgres://{USER}:{PASSWORD}@127.0.0.1:{port}/{DATABASE}");
    let address = lazy_service(&url).await;
    for _ in 0..3 {
        assert_fails(&get(address, "/health").await, &["timeout"]);
    }
    assert_livez_does_not_wait(patient_lazy_service(&url).await).await.abort();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_stops_answering_is_503_and_nothing_else_waits() {
    let server = Postgres::start();
    let proxy = Proxy::to(server.port()).await;
    let pool = pool_behind(&proxy, 5).await;
    let usual = serve(router(&Health::builder(Tier::Test, pool.clone()).ttl(Duration::ZERO).build())).await;
    let patient = serve(router(&patient(Tier::Test, &pool))).await;
    assert_eq!(get(patient, "/health").await.status, 200);
    proxy.swallow();
    for _ in 0..3 {
        assert_fails(&get(usual, "/health").await, &["timeout"]);
    }
    assert_livez_does_not_wait(patient).await.abort();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_refusal_of_a_server_has_its_own_code() {
    let setup = Setup::default().set("max_connections", "3").set("superuser_reserved_connections", "0");
    let server = Postgres::start_with(&setup);
    for (url, error) in [
        (server.url_as(USER, "another-8sd7f6asd5"), "auth"),
        (format!("{}?sslmode=require", server.url()), "tls"),
        (
            server.url().replace(&format!("{}/{DATABASE}", server.port()), &format!("{}/nonexistent", server.port())),
            "failed",
        ),
    ] {
        assert_fails(&get(patient_lazy_service(&url).await, "/health").await, &[error]);
    }
    let holder = settings(&server.url(), 3).connect_lazy().unwrap();
    let mut held = taken(&holder, 3).await;
    let address = patient_lazy_service(&server.url()).await;
    assert_fails(&get(address, "/health").await, &["pool-exhausted"]);
    held.pop().unwrap().close().await.unwrap();
    assert_eq!(get(address, "/health").await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pool_whose_connections_are_all_in_use_says_so() {
    let server = Postgres::start();
    let (address, pool) = service(&server).await;
    let taken = taken(&pool, 2).await;
    assert_fails(&get(address, "/health").await, &["pool-exhausted"]);
    drop(taken);
    assert_eq!(get(address, "/health").await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_connections_at_once_cost_one_query() {
    const CONNECTIONS: usize = 1_000;
    allow_open_files(4_096);
    let server = Postgres::start_with(&Setup::default().set("log_statement", "all"));
    let settings = settings(&server.url(), 12);
    let pool = settings.connect_lazy().unwrap();
    // Longer than a thousand requests take on any machine.
    let health = Health::builder(Loaded::tier(&settings), pool).ttl(LONG).deadline(LONG).build();
    let address = serve(router(&health)).await;
    let before = queries(&server);

    let mut connections = Vec::new();
    for _ in 0..CONNECTIONS {
        connections.push(TcpStream::connect(address).await.unwrap());
    }
    // All requests are sent before the first response is read.
    for connection in &mut connections {
        connection.write_all(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await.unwrap();
    }
    for mut connection in connections {
        let mut answer = String::new();
        connection.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    }
    assert_eq!(queries(&server) - before, 1, "{}", server.log());
}

/// Raises the limit of open files: each connection needs two, because both ends are in this process, and many machines
/// allow 1,024 by default.
fn allow_open_files(number: u64) {
    let limit = getrlimit(Resource::Nofile);
    if limit.current.is_some_and(|current| current < number) {
        setrlimit(Resource::Nofile, Rlimit { current: Some(number), ..limit }).expect("enough files may be open");
    }
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
    for secret in [PASSWORD, &server.port().to_string(), "127.0.0.1", "SELECT"] {
        assert!(!answer.body.contains(secret), "{}", answer.body);
    }
}
