//! Tests that this service does not have the faults of the original one that it replaces.

use std::time::Duration;

use hardened::Environment;
use hardened_testing::{assert_refuses, valid_env};
use taskflow::{Settings, Store};
use tokio::{net::TcpListener, task::block_in_place};

use crate::{
    harness::{Service, json, load, production},
    postgres::{Postgres, Setup},
};

/// The original compared `environment == "production"`.
#[test]
fn no_spelling_of_the_tier_starts_without_secrets() {
    for tier in ["production", "Production", "PRODUCTION", "prod", "production ", "\"production\"", ""] {
        let environment = Environment::empty().set("ENVIRONMENT", tier);
        assert_refuses!(Settings, environment.clone(), "secret-missing", "JWT_SECRET_KEY");
        assert_refuses!(Settings, environment, "setting-absent", "DATABASE_URL");
    }
    assert_refuses!(Settings, Environment::empty(), "secret-missing", "JWT_SECRET_KEY");
}

/// Without a key, the original verified with the empty one.
#[test]
fn an_empty_key_is_no_key() {
    for key in ["", " "] {
        let environment = valid_env::<Settings>().set("JWT_SECRET_KEY", key);
        assert_refuses!(Settings, environment, "secret-missing", "JWT_SECRET_KEY");
    }
}

/// The original answered 200 while the database was down.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn health_is_503_while_the_database_is_down() {
    let service = production().await;
    let postgres = service.postgres.as_ref().unwrap();
    // A slow machine may need another attempt.
    while service.ask("GET", "/health", None, None).await.status != 200 {}
    block_in_place(|| postgres.kill());
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    let answer = service.ask("GET", "/health", None, None).await;
    assert_eq!(answer.status, 503);
    assert_eq!(json(&answer)["database"], "disconnected");
    assert_eq!(service.ask("GET", "/livez", None, None).await.status, 200);
}

/// The original hung for 60 s on a database that accepts connections and never answers.
#[tokio::test]
async fn health_is_503_when_the_database_never_answers() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("postgres://app:8sd7f6asd5@127.0.0.1:{}/app", listener.local_addr().unwrap().port());
    let settings = load(valid_env::<Settings>().set("DATABASE_URL", url));
    let store = Store::Postgres(settings.database.as_ref().unwrap().connect_lazy().unwrap());
    let service = Service::new(settings, store, None).await;
    let answer = service.ask("GET", "/health", None, None).await;
    assert_eq!((answer.status, &json(&answer)["error"]), (503, &"timeout".into()));
}

/// The documents of the original stayed public although the audit said otherwise.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn documentation_is_not_public_in_production() {
    let service = production().await;
    for path in ["/docs", "/docs/", "/openapi.json", "/docs/swagger-ui-bundle.js", "//docs/", "/%64ocs/", "/redoc"] {
        assert_eq!(service.ask("GET", path, None, None).await.status, 404, "{path}");
    }
    assert_eq!(service.ask("GET", "/livez", None, None).await.status, 200);
}

/// The original removed `sslmode=require` from the URL, and the connection was plain text.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_without_encryption_is_not_connected_to_where_it_is_required() {
    let plain = block_in_place(Postgres::start);
    let url = format!("{}?sslmode=require", plain.url());
    let settings = load(valid_env::<Settings>().set("DATABASE_URL", url));
    let error = Store::open(&settings).await.unwrap_err();
    assert!(error.to_string().ends_with(": tls"), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_with_encryption_is_spoken_to_in_it() {
    let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let setup = Setup::default().certificate(&certified.cert.pem(), &certified.signing_key.serialize_pem());
    let encrypted = block_in_place(|| Postgres::start_with(&setup));
    let settings = load(valid_env::<Settings>().set("DATABASE_URL", format!("{}?sslmode=require", encrypted.url())));
    let Store::Postgres(pool) = Store::open(&settings).await.unwrap() else { panic!("another database") };
    let is_encrypted: bool =
        sqlx::query_scalar("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").fetch_one(&pool).await.unwrap();
    assert!(is_encrypted);
}
