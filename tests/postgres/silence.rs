//! No password and no statement in logs and errors.

use std::{
    io,
    sync::{Arc, Mutex},
};

use tracing_subscriber::fmt::MakeWriter;

use crate::{
    database,
    postgres::{PASSWORD, Postgres},
};

/// Everything that was logged.
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

#[tokio::test]
async fn nothing_is_logged_that_is_secret() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    tracing::info!("the log works");

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

#[tokio::test]
async fn an_error_shows_where_to_and_a_code() {
    let server = Postgres::start();
    server.stop();
    let error = database(&server.url()).connect().await.unwrap_err();
    assert_eq!(error.to_string(), format!("127.0.0.1:{}/app: refused", server.port()));
    assert!(std::error::Error::source(&error).is_none());
}
