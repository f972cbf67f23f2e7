//! Outages and failures of a database.

use std::time::Duration;

use hardened::database::DatabaseFault;
use sqlx::{Connection as _, PgPool};
use tokio::net::TcpListener;

use crate::{
    PATIENT, assert_code, database, database_with, one,
    postgres::{DATABASE, PASSWORD, Postgres, Setup, USER},
    proxy::Proxy,
};

const ONE: &[(&str, &str)] = &[("DATABASE_POOL_MAX", "1"), PATIENT];

/// Waits until this many connections are back in the pool, and for longer than the pool trusts them without a ping.
async fn forgotten(pool: &PgPool, connections: usize) {
    while pool.num_idle() < connections {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    tokio::time::sleep(Duration::from_millis(150)).await;
}

#[tokio::test]
async fn the_first_query_after_a_restart_succeeds() {
    let server = Postgres::start();
    let pool = database(&server.url()).connect().await.unwrap();
    assert_eq!(one(&pool).await.unwrap(), 1);
    forgotten(&pool, 1).await;
    server.restart();
    assert_eq!(one(&pool).await.unwrap(), 1);
}

#[tokio::test]
async fn the_first_query_after_a_crash_succeeds() {
    let server = Postgres::start();
    let pool = database(&server.url()).connect().await.unwrap();
    assert_eq!(one(&pool).await.unwrap(), 1);
    forgotten(&pool, 1).await;
    server.kill();
    server.restart();
    assert_eq!(one(&pool).await.unwrap(), 1);
}

#[tokio::test]
async fn the_first_query_succeeds_when_every_old_connection_is_half_open() {
    let server = Postgres::start();
    let proxy = Proxy::to(server.port()).await;
    let url = format!("postgres://{USER}:{PASSWORD}@127.0.0.1:{}/{DATABASE}", proxy.port());
    let pool = database(&url).connect().await.unwrap();
    let connections = [pool.acquire().await.unwrap(), pool.acquire().await.unwrap(), pool.acquire().await.unwrap()];
    drop(connections);
    forgotten(&pool, 3).await;
    proxy.silence();
    assert_eq!(one(&pool).await.unwrap(), 1);
}

#[tokio::test]
async fn a_frozen_server_is_a_timeout_and_serves_again_when_it_thaws() {
    let server = Postgres::start();
    let pool = database_with(&server.url(), &[("DATABASE_POOL_ACQUIRE_TIMEOUT", "10s")]).connect().await.unwrap();
    assert_eq!(one(&pool).await.unwrap(), 1);
    forgotten(&pool, 1).await;
    server.freeze();
    let error = one(&pool).await.unwrap_err();
    assert_eq!(DatabaseFault::in_pool(&error, &pool), DatabaseFault::Timeout);
    server.thaw();
    assert_eq!(one(&pool).await.unwrap(), 1);
}

#[tokio::test]
async fn an_abandoned_query_frees_its_connection_while_the_server_still_runs_it() {
    let server = Postgres::start();
    let pool = database_with(&server.url(), ONE).connect().await.unwrap();
    let query = sqlx::query("SELECT pg_sleep(3600)").execute(&pool);
    assert!(tokio::time::timeout(Duration::from_millis(200), query).await.is_err());
    assert_eq!(one(&pool).await.unwrap(), 1);
}

#[tokio::test]
async fn a_socket_that_accepts_and_never_answers_is_a_timeout_after_two_attempts() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("postgres://u:8sd7f6asd5@127.0.0.1:{}/db", listener.local_addr().unwrap().port());
    let database = database_with(&url, &[("DATABASE_POOL_ACQUIRE_TIMEOUT", "500ms")]);
    let mut attempts = Vec::new();
    tokio::select! {
        biased;
        outcome = database.connect() => assert_code(outcome, "timeout"),
        // Accepts connections forever.
        () = async { while let Ok((attempt, _)) = listener.accept().await { attempts.push(attempt) } } => {}
    }
    assert_eq!(attempts.len(), 2);
}

#[tokio::test]
async fn a_server_that_is_down_is_refused_and_one_that_wakes_up_is_not() {
    let server = Postgres::start();
    let proxy = Proxy::to(server.port()).await;
    proxy.refuse_next();
    let url = format!("postgres://{USER}:{PASSWORD}@127.0.0.1:{}/{DATABASE}", proxy.port());
    assert!(database(&url).connect().await.is_ok());
    server.stop();
    assert_code(database(&server.url()).connect().await, "refused");
    assert_code(database(&url).connect().await, "refused");
}

#[tokio::test]
async fn a_changed_password_is_an_authentication_fault_and_not_tried_twice() {
    let server = Postgres::start();
    let pool = database(&server.url()).connect().await.unwrap();
    let mut open = pool.acquire().await.unwrap();
    server.sql("ALTER ROLE app PASSWORD 'another-8sd7f6asd5'");
    // An open connection stays open.
    open.ping().await.unwrap();
    assert_code(database(&server.url()).connect().await, "auth");
    let attempts = server.log().matches("password authentication failed").count();
    assert_eq!(attempts, 1, "a wrong password is not tried twice");
    assert!(database(&server.url_as(USER, "another-8sd7f6asd5")).connect().await.is_ok());
}

#[tokio::test]
async fn a_missing_database_and_an_unknown_name_are_told_apart() {
    let server = Postgres::start();
    let missing =
        server.url().replace(&format!("{}/{DATABASE}", server.port()), &format!("{}/nonexistent", server.port()));
    assert_code(database(&missing).connect().await, "database-missing");
    assert_code(database("postgres://u:8sd7f6asd5@nonexistent.invalid/db").connect().await, "unreachable");
    assert_code(database("postgres://u:8sd7f6asd5@/db?host=/nonexistent").connect().await, "unreachable");
}

#[tokio::test]
async fn a_server_out_of_connections_says_so() {
    let setup = Setup::default().set("max_connections", "3").set("superuser_reserved_connections", "0");
    let server = Postgres::start_with(&setup);
    let holder = database(&server.url()).connect().await.unwrap();
    let mut held =
        vec![holder.acquire().await.unwrap(), holder.acquire().await.unwrap(), holder.acquire().await.unwrap()];
    assert_code(database(&server.url()).connect().await, "pool-exhausted");
    held.pop().unwrap().close().await.unwrap();
    assert!(database(&server.url()).connect().await.is_ok());
}

#[tokio::test]
async fn a_pool_whose_connections_are_all_in_use_says_so() {
    let server = Postgres::start();
    let pool = database_with(&server.url(), &[("DATABASE_POOL_MAX", "1"), ("DATABASE_POOL_ACQUIRE_TIMEOUT", "5s")]);
    let pool = pool.connect().await.unwrap();
    let held = pool.acquire().await.unwrap();
    let error = one(&pool).await.unwrap_err();
    assert_eq!(DatabaseFault::in_pool(&error, &pool).code(), "pool-exhausted");
    drop(held);
    assert_eq!(one(&pool).await.unwrap(), 1);
}
