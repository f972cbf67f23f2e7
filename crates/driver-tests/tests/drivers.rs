//! PostgreSQL drivers that no other crate here needs, through the guard: they use the TLS and the limits of the configuration.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[path = "../../../tests/postgres/certificates.rs"]
mod certificates;

use certificates::Authority;
use deadpool_postgres::{Manager, Pool};
use hardened::{Database, Environment, Loaded, Loader, rule};
use sqlx08::postgres::PgPoolOptions;
use test_support::postgres::{DATABASE, PASSWORD, Postgres, Setup, USER};
use tokio_postgres::NoTls;

const IS_ENCRYPTED: &str = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

/// Starts a server that accepts only TLS, with a certificate for `localhost`, and loads its settings in production.
fn encrypted() -> (Postgres, Loaded<Database>) {
    let authority = Authority::new();
    let (certificate, key) = authority.issue("localhost");
    let server = Postgres::start_with(&Setup::default().certificate(&certificate, &key));
    let (port, root) = (server.port(), server.write("authority.pem", &authority.pem()).display().to_string());
    let url =
        format!("postgres://{USER}:{PASSWORD}@localhost:{port}/{DATABASE}?sslmode=verify-full&sslrootcert={root}");
    let environment = Environment::empty().set("ENVIRONMENT", "production").set("DATABASE_URL", url);
    let loader = Loader::new().environment(environment);
    let loader = loader.waive(rule::DATABASE_LOOPBACK, "DATABASE_URL", "the server of a test");
    (server, loader.load().unwrap())
}

#[tokio::test]
async fn a_deadpool_pool_connects_to_a_verified_server() {
    let (_server, database) = encrypted();
    let guard = database.guard().unwrap();
    let size = usize::try_from(database.pool().max_connections()).unwrap();
    let manager = Manager::new(guard.expose_url().parse().unwrap(), NoTls);
    let pool = Pool::builder(manager).max_size(size).build().unwrap();
    let (one, other) = (pool.get().await.unwrap(), pool.get().await.unwrap());
    for client in [one, other] {
        assert!(client.query_one(IS_ENCRYPTED, &[]).await.unwrap().get::<_, bool>(0));
    }
    assert_eq!((pool.status().max_size, pool.status().size), (12, 2));
}

#[tokio::test]
async fn sqlx_08_connects_to_a_verified_server_next_to_sqlx_09() {
    let (_server, database) = encrypted();
    let guard = database.guard().unwrap();
    let old = PgPoolOptions::new().max_connections(database.pool().max_connections());
    let old = old.connect(guard.expose_url()).await.unwrap();
    assert!(sqlx08::query_scalar::<_, bool>(IS_ENCRYPTED).fetch_one(&old).await.unwrap());
    let new = database.connect().await.unwrap();
    assert!(sqlx::query_scalar::<_, bool>(IS_ENCRYPTED).fetch_one(&new).await.unwrap());
}
