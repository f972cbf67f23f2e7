//! The parts of the URL that reach the server.

use sqlx::{Row as _, query};

use crate::{PATIENT, database, database_with, postgres::Postgres};

#[tokio::test]
async fn the_parts_of_the_url_reach_the_server() {
    let server = Postgres::start();
    let url =
        format!("{}?application_name=shop&options=-c%20shop.name%3Da%5C%20b%20--geqo%3Doff&unknown=x", server.url());
    let pool = database(&url).connect().await.unwrap();
    let row = query("SELECT current_user::text, current_database()::text, current_setting('application_name'), current_setting('shop.name') || current_setting('geqo')")
        .fetch_one(&pool)
        .await
        .unwrap();
    let got: Vec<String> = (0..4).map(|column| row.get(column)).collect();
    assert_eq!(got, ["app", "app", "shop", "a boff"]);
}

#[tokio::test]
async fn a_unix_socket_is_connected_to_without_tls_or_loopback() {
    let server = Postgres::start();
    let pool = database(&server.socket_url()).connect().await.unwrap();
    let address: Option<String> = sqlx::query_scalar("SELECT inet_server_addr()::text").fetch_one(&pool).await.unwrap();
    assert_eq!(address, None);
}

#[tokio::test]
async fn the_pool_has_the_settings_of_the_configuration() {
    let server = Postgres::start();
    let settings =
        [PATIENT, ("DATABASE_POOL_MAX", "7"), ("DATABASE_POOL_IDLE", "30s"), ("DATABASE_POOL_LIFETIME", "5m")];
    let pool = database_with(&server.url(), &settings).connect().await.unwrap();
    let options = pool.options();
    assert_eq!(options.get_max_connections(), 7);
    assert_eq!(options.get_idle_timeout().unwrap().as_secs(), 30);
    assert_eq!(options.get_max_lifetime().unwrap().as_secs(), 300);
    assert!(!options.get_test_before_acquire());
}

/// The second case is the problem that `database-prepared-statements` reports. When the driver fixes it, the rule can be removed.
#[tokio::test]
async fn a_query_that_is_not_persistent_prepares_nothing_behind_a_pooler() {
    let server = Postgres::start();
    for (parameter, persistent, prepared) in
        [("", true, 1_i64), ("?pgbouncer=true", true, 1), ("?pgbouncer=true", false, 0)]
    {
        let pool = database(&format!("{}{parameter}", server.url())).connect().await.unwrap();
        let mut connection = pool.acquire().await.unwrap();
        query("SELECT $1::int").bind(1).persistent(persistent).execute(&mut *connection).await.unwrap();
        // A simple query, which prepares no statement itself.
        let rows =
            sqlx::raw_sql("SELECT count(*) FROM pg_prepared_statements").fetch_one(&mut *connection).await.unwrap();
        assert_eq!(rows.get::<i64, _>(0), prepared, "{parameter} {persistent}");
    }
}

#[tokio::test]
async fn migrations_connect_to_the_direct_url() {
    let server = Postgres::start();
    server.sql("CREATE DATABASE direct");
    let direct = server.url().replace(&format!("{}/app", server.port()), &format!("{}/direct", server.port()));
    let environment = hardened::Environment::empty()
        .set("ENVIRONMENT", "test")
        .set("DATABASE_URL", server.url())
        .set("DATABASE_DIRECT_URL", direct)
        .set(PATIENT.0, PATIENT.1);
    let database = hardened::Loader::new().environment(environment).load::<hardened::Database>().unwrap();
    let mut connection = database.connect_direct().await.unwrap();
    let name: String = sqlx::query_scalar("SELECT current_database()::text").fetch_one(&mut connection).await.unwrap();
    assert_eq!(name, "direct");
}
