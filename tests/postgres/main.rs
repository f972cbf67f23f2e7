//! The database group against real servers: TLS, crashes, freezes, exhaustion.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod certificates;
mod environment;
mod failures;
mod guard;
mod hostile;
mod options;
mod own_machine;
mod server;
#[cfg(all(feature = "axum", feature = "cors", feature = "derive", feature = "health", feature = "http"))]
mod service;
mod silence;
mod tls;

use hardened::database::DatabaseError;
use hardened::{Database, Environment, Loaded, Loader, rule};
use sqlx::{Connection as _, PgPool};
use test_support::{hostile as hostile_server, postgres, proxy};

/// The longest timeout that can be set, which only a hang reaches.
const PATIENT: (&str, &str) = ("DATABASE_POOL_ACQUIRE_TIMEOUT", "1m");

/// Loads the database in production, with the waiver that a proxy next to the service needs.
fn database(url: &str) -> Loaded<Database> {
    database_with(url, &[PATIENT])
}

fn database_with(url: &str, settings: &[(&str, &str)]) -> Loaded<Database> {
    let environment = Environment::empty().set("ENVIRONMENT", "production").set("DATABASE_URL", url);
    let environment = settings.iter().fold(environment, |environment, (name, value)| environment.set(*name, *value));
    let loader = Loader::new().environment(environment);
    loader.waive(rule::DATABASE_LOOPBACK, "DATABASE_URL", "the server of a test").load().unwrap()
}

/// Connects once and pings the server; returns `ok` or the code of the error.
async fn code(url: &str) -> &'static str {
    match database(url).connect_direct().await {
        Ok(mut connection) => {
            connection.ping().await.unwrap();
            "ok"
        }
        Err(error) => error.code(),
    }
}

async fn one(pool: &PgPool) -> Result<i32, sqlx::Error> {
    sqlx::query_scalar("SELECT 1").fetch_one(pool).await
}

fn assert_code(outcome: Result<PgPool, DatabaseError>, code: &str) {
    assert_eq!(outcome.map(|_| ()).map_err(|error| error.code()), Err(code));
}
