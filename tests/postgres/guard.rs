//! Another driver than sqlx 0.9 through the guard: the TLS and the bounds of the configuration apply. More drivers are in
//! `crates/driver-tests`.

use tokio_postgres::NoTls;

use crate::{
    certificates::Authority,
    database,
    postgres::{DATABASE, PASSWORD, Postgres, Setup, USER},
};

/// A server that accepts only TLS, with a certificate for `localhost`, and the files of its authority and of another one.
struct Encrypted {
    server: Postgres,
    authority: String,
    other: String,
}

impl Encrypted {
    fn start() -> Self {
        let (authority, other) = (Authority::new(), Authority::new());
        let (certificate, key) = authority.issue("localhost");
        let server = Postgres::start_with(&Setup::default().certificate(&certificate, &key));
        let authority = server.write("authority.pem", &authority.pem()).display().to_string();
        let other = server.write("other.pem", &other.pem()).display().to_string();
        Self { server, authority, other }
    }

    fn url(&self, authority: &str) -> String {
        let port = self.server.port();
        format!("postgres://{USER}:{PASSWORD}@localhost:{port}/{DATABASE}?sslmode=verify-full&sslrootcert={authority}")
    }
}

const IS_ENCRYPTED: &str = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

#[tokio::test]
async fn tokio_postgres_speaks_to_a_server_that_is_verified() {
    let encrypted = Encrypted::start();
    let guard = database(&encrypted.url(&encrypted.authority)).guard().unwrap();
    let (client, connection) = tokio_postgres::connect(guard.expose_url(), NoTls).await.unwrap();
    tokio::spawn(connection);
    assert!(client.query_one(IS_ENCRYPTED, &[]).await.unwrap().get::<_, bool>(0));
    let guard = database(&encrypted.url(&encrypted.other)).guard().unwrap();
    let refused = tokio_postgres::connect(guard.expose_url(), NoTls).await.err().unwrap();
    assert_eq!(refused.code().map(tokio_postgres::error::SqlState::code), Some("XHTLS"));
}

#[tokio::test]
async fn the_guard_admits_no_stranger_and_nobody_once_it_is_dropped() {
    let encrypted = Encrypted::start();
    let database = database(&encrypted.url(&encrypted.authority));
    let guard = database.guard().unwrap();
    let (strange, _) = guard.expose_url().split_once("&application_name=").unwrap();
    assert!(tokio_postgres::connect(strange, NoTls).await.is_err());
    let url = guard.expose_url().to_owned();
    let (open, connection) = tokio_postgres::connect(&url, NoTls).await.unwrap();
    tokio::spawn(connection);
    drop(guard);
    open.query_one(IS_ENCRYPTED, &[]).await.unwrap();
    while tokio_postgres::connect(&url, NoTls).await.is_ok() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn the_database_sees_the_name_of_the_program_and_not_the_password_of_the_guard() {
    let encrypted = Encrypted::start();
    let url = format!("{}&application_name=shop", encrypted.url(&encrypted.authority));
    let guard = database(&url).guard().unwrap();
    let (client, connection) = tokio_postgres::connect(guard.expose_url(), NoTls).await.unwrap();
    tokio::spawn(connection);
    let name: String = client.query_one("SHOW application_name", &[]).await.unwrap().get(0);
    assert_eq!((name.as_str(), format!("{guard:?}").as_str()), ("shop", "DatabaseGuard(…)"));
}

#[test]
fn without_a_runtime_there_is_no_guard() {
    let database = database("postgres://app:8sd7f6asd5@db.acme.io/shop");
    assert_eq!(database.guard().map(drop).map_err(|error| error.code()), Err("other"));
}
