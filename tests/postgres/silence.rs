//! Logs and errors contain no password and no statement.

use std::{
    io,
    sync::{Arc, Mutex},
};

use tracing_subscriber::fmt::MakeWriter;

use sqlx::{
    ConnectOptions as _,
    postgres::{PgConnectOptions, PgSslMode},
};

use crate::{
    database,
    hostile_server::{Hostile, What, When, notice},
    postgres::{DATABASE, PASSWORD, Postgres, USER},
};

/// A log that keeps everything in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Returns a log of everything, and the guard that installs it for this thread.
fn logging() -> (Log, tracing::subscriber::DefaultGuard) {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).finish();
    let guard = tracing::subscriber::set_default(subscriber);
    tracing::info!("the log works");
    (log, guard)
}

/// The options of the driver without this library, to show what it would log.
fn driver(port: u16) -> PgConnectOptions {
    let options = PgConnectOptions::new_without_pgpass().host("127.0.0.1").port(port).ssl_mode(PgSslMode::Disable);
    options.username(USER).password(PASSWORD).database(DATABASE)
}

#[tokio::test]
async fn no_secret_is_logged() {
    let (log, _guard) = logging();

    let server = Postgres::start();
    let url = format!("{}?unknown={PASSWORD}&connect_timeout=7", server.url());
    let pool = database(&url).connect().await.unwrap();
    sqlx::query("SELECT 'canary of a statement'").execute(&pool).await.unwrap();
    server.sql("ALTER ROLE app PASSWORD 'another-8sd7f6asd5'");
    let error = database(&url).connect().await.unwrap_err();
    server.stop();
    let lost = sqlx::query("SELECT 1").execute(&pool).await;

    let printed = format!("{} {error} {error:?} {:?} {:?}", log.text(), database(&url), database(&url).url());
    assert!(log.text().contains("the log works"));
    assert!(lost.is_err());
    for canary in [PASSWORD, "canary of a statement", "another-8sd7f6asd5"] {
        assert!(!printed.contains(canary), "{canary}: {printed}");
    }
}

const ALTER: &str = "ALTER ROLE app PASSWORD 'canary-8sd7f6asd5'";
const RAISE: &str =
    "DO $$ BEGIN RAISE WARNING 'canary'; RAISE NOTICE 'canary'; RAISE INFO 'canary'; RAISE LOG 'canary'; END $$";

#[tokio::test]
async fn notices_about_statements_are_not_logged_at_any_level_of_the_server() {
    let server = Postgres::start();
    let by_url = format!("{}?options=-c%20client_min_messages%3Ddebug5", server.url());
    for (by_role, url) in [(false, by_url), (true, server.url())] {
        if by_role {
            server.sql("ALTER ROLE app SET client_min_messages = debug5");
        }
        let (log, _guard) = logging();
        let pool = database(&url).connect().await.unwrap();
        let mut connection = pool.acquire().await.unwrap();
        let level: String = sqlx::query_scalar("SHOW client_min_messages").fetch_one(&mut *connection).await.unwrap();
        assert_eq!(level, "debug5");
        for statement in [ALTER, RAISE] {
            sqlx::raw_sql(statement).execute(&mut *connection).await.unwrap();
        }
        server.sql(&format!("ALTER ROLE app PASSWORD '{PASSWORD}'"));
        assert!(log.text().contains("the log works"));
        for canary in ["canary", "sqlx::postgres::notice"] {
            assert!(!log.text().contains(canary), "{canary}: {}", log.text());
        }
    }
    // The driver alone would log them.
    let (log, _guard) = logging();
    let mut connection = driver(server.port()).connect().await.unwrap();
    sqlx::raw_sql(RAISE).execute(&mut connection).await.unwrap();
    assert!(log.text().contains("canary"));
}

#[tokio::test]
async fn a_server_that_floods_with_notices_does_not_fill_the_log() {
    for when in [When::Start, When::Session, When::Answer] {
        let server = Hostile::start(when, What::Burst(notice("canary"), 2_000));
        let (log, _guard) = logging();
        let pool = database(&server.url("disable")).connect_lazy().unwrap();
        let error = sqlx::query("SELECT 1").execute(&pool).await.unwrap_err();
        assert!(!error.to_string().contains("canary"));
        assert!(log.text().contains("the log works"));
        assert!(!log.text().contains("canary"), "{}", log.text());
        drop(_guard);
        // The driver alone would log them.
        let (log, _guard) = logging();
        let alone = async { sqlx::query("SELECT 1").execute(&mut driver(server.port()).connect().await?).await };
        assert!(alone.await.is_err());
        assert_eq!(log.text().matches("canary").count(), 2_000);
    }
}

#[tokio::test]
async fn an_error_shows_the_target_and_a_code() {
    let server = Postgres::start();
    server.stop();
    let error = database(&server.url()).connect().await.unwrap_err();
    assert_eq!(error.to_string(), format!("127.0.0.1:{}/app: refused", server.port()));
    assert!(std::error::Error::source(&error).is_none());
}
