//! A whole service that logs everything shows no secret: when it starts, when it works, and when its database, its tokens and
//! its handlers fail.
//!
//! A logger is installed once for a process, so the service runs in a child process; the parent reads everything that the
//! child writes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "tests")]

use std::{net::SocketAddr, process::Command};

use axum::{
    Router,
    http::StatusCode,
    routing::{get as at, post},
};
use hardened::{
    Config, CorsSettings, Database, Environment, Http, Jwt, Loaded, Loader, auth::Bearer, database::DatabaseFault,
    health::Health, rule,
};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, PgPool};
use test_support::{
    postgres::{PASSWORD, Postgres, USER},
    server::{Answer, exchange, get, serve},
    token::{self, KEY, OTHER_KEY, usual},
};

#[derive(Debug, Config)]
#[config(loader = waivers)]
struct Settings {
    #[config(nested)]
    http: Http,
    #[config(nested)]
    cors: CorsSettings,
    #[config(nested)]
    jwt: Jwt,
    #[config(nested)]
    database: Database,
}

fn waivers(loader: Loader) -> Loader {
    loader.waive(rule::DATABASE_LOOPBACK, "DATABASE_URL", "the server of a test")
}

const WRONG_PASSWORD: &str = "canary-of-a-wrong-password-7Hq2";
const BODY: &str = "canary of a failing handler";
const STATEMENT: &str = "canary of a statement";
const QUERY: &str = "canary-of-a-query-string";
const PARAMETER: &str = "canary-of-an-unknown-parameter";
const NOTICE: &str = "canary of a notice";

/// The first characters of the header and the claims of every token.
const TOKEN: &str = "eyJ";

/// Everything that must not be shown.
const CANARIES: [&str; 10] =
    [PASSWORD, WRONG_PASSWORD, KEY, OTHER_KEY, TOKEN, BODY, STATEMENT, QUERY, PARAMETER, NOTICE];

/// Texts that must be shown; otherwise the log was not complete.
const CONTROLS: [&str; 8] = [
    "the log works",
    "/app: auth",
    "/app: tls",
    "/app: refused",
    "reason=\"expired\"",
    "reason=\"signature\"",
    "replaced the body of an error response",
    "\"error\":\"timeout\"",
];

/// The variable that tells the child process which logger to install.
const CHILD: &str = "HARDENED_TEST_CHILD_LOG";

/// Returns everything that a service writes.
fn written(log: &str) -> String {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["service::a_service_that_logs_everything_with_tracing_shows_no_secret", "--exact", "--nocapture"])
        .env(CHILD, log)
        .output()
        .unwrap();
    let text = format!("{}\n{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{text}");
    text
}

#[track_caller]
fn assert_shows_no_secret(text: &str) {
    for control in CONTROLS {
        assert!(text.contains(control), "{control}: {text}");
    }
    for canary in CANARIES {
        assert!(!text.contains(canary), "{canary}: {text}");
    }
}

#[test]
fn a_service_that_logs_everything_with_tracing_shows_no_secret() {
    if let Ok(log) = std::env::var(CHILD) {
        return child(&log);
    }
    assert_shows_no_secret(&written("tracing"));
}

/// The driver logs to both; without a subscriber, events of `tracing` go to `log`.
#[test]
fn a_service_that_logs_everything_with_log_shows_no_secret() {
    assert_shows_no_secret(&written("log"));
}

/// Runs in the child process.
#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn child(log: &str) {
    match log {
        "tracing" => {
            tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false).init();
            tracing::trace!("the log works");
        }
        _ => {
            log::set_logger(&Printer).unwrap();
            log::set_max_level(log::LevelFilter::Trace);
            log::trace!("the log works");
        }
    }
    let server = Postgres::start();
    let settings = start(&server);
    refused_starts(&server);
    let pool = settings.database.connect().await.unwrap();
    statements(&pool).await;
    refused_connections(&server).await;
    let address = serve(routes(&settings, &pool)).await;
    requests(address).await;
    outages(&server, &settings, &pool, address).await;
}

/// Prints every record of `log`.
struct Printer;

impl log::Log for Printer {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        println!("{} {}: {}", record.level(), record.target(), record.args());
    }

    fn flush(&self) {}
}

fn environment(url: &str) -> Environment {
    Environment::empty()
        .set("ENVIRONMENT", "production")
        .set("CORS_ORIGINS", "https://app.example.com")
        .set("JWT_SECRET_KEY", KEY)
        .set("JWT_SECRET_KEY_PREVIOUS", OTHER_KEY)
        .set("DATABASE_POOL_MAX", "2")
        .set("DATABASE_POOL_ACQUIRE_TIMEOUT", "10s")
        .set("DATABASE_URL", url)
}

fn load(environment: Environment) -> Result<Loaded<Settings>, hardened::Refusal> {
    Loader::new().environment(environment).load()
}

/// Starts, and prints everything that a service can print about its configuration.
fn start(server: &Postgres) -> Loaded<Settings> {
    let settings = load(environment(&format!("{}?unknown={PARAMETER}", server.url()))).unwrap();
    println!("{settings:?} {:?} {:?} {}", *settings, Loaded::report(&settings), Loaded::to_json(&settings));
    println!(
        "{} {} {:?} {:?}",
        Loaded::report(&settings),
        Loaded::table(&settings),
        settings.jwt.signer(),
        settings.jwt.verifier()
    );
    settings
}

/// Starts that are refused because of a secret.
fn refused_starts(server: &Postgres) {
    let short = environment(&server.url()).set("JWT_SECRET_KEY", &KEY[..20]).set("JWT_SECRET_KEY_PREVIOUS", KEY);
    let broken = environment(&format!("postgres://{USER}:{WRONG_PASSWORD}%@127.0.0.1/app"));
    for environment in [short, broken] {
        let refusal = load(environment).unwrap_err();
        println!("{refusal} {refusal:?} {}", refusal.table());
    }
}

/// Runs statements that succeed and that fail, and raises a notice.
async fn statements(pool: &PgPool) {
    let notice = format!("DO $$ BEGIN RAISE WARNING '{NOTICE}'; END $$");
    sqlx::raw_sql(AssertSqlSafe(notice)).execute(pool).await.unwrap();
    sqlx::query("SELECT $1").bind(STATEMENT).execute(pool).await.unwrap();
    for wrong in [format!("SELECT '{STATEMENT}' FROM nothing"), format!("SELEC '{STATEMENT}'")] {
        let error = sqlx::query(AssertSqlSafe(wrong)).execute(pool).await.unwrap_err();
        println!("{:?}", DatabaseFault::in_pool(&error, pool));
    }
}

/// Connects with a wrong password, and with encryption that the server does not offer.
async fn refused_connections(server: &Postgres) {
    for url in [server.url_as(USER, WRONG_PASSWORD), format!("{}?sslmode=require", server.url())] {
        let error = load(environment(&url)).unwrap().database.connect().await.unwrap_err();
        println!("{error} {error:?}");
    }
}

fn routes(settings: &Loaded<Settings>, pool: &PgPool) -> Router {
    let failing = || async { (StatusCode::INTERNAL_SERVER_ERROR, format!("{BODY}: {PASSWORD}")) };
    let health = Health::builder(Loaded::tier(settings), pool.clone()).ttl(std::time::Duration::ZERO).build();
    Router::new()
        .route("/", at(|Bearer(_): Bearer<Value>| async { "fine" }))
        .route("/fails", at(failing))
        .route("/write", post(|| async { "written" }))
        .with_state(settings.jwt.verifier())
        .route_service("/health", health.healthz())
        .layer(hardened::stack(&settings.http, settings.cors.policy()))
}

/// Prints the debug form of a response, and its body.
fn show(answer: &Answer) {
    println!("{answer:?} {}", answer.body);
}

/// Sends tokens of every kind, a request to a failing handler, and a forged request.
async fn requests(address: SocketAddr) {
    let expired = usual(&json!({"sub": "alice", "exp": token::at(-3600)}));
    let forged = format!("{}A", usual(&json!({"sub": "root", "exp": token::at(600)})));
    let good = usual(&json!({"sub": "alice", "exp": token::at(600)}));
    for (token, status) in [(&expired, 401), (&forged, 401), (&good, 200)] {
        let request = format!(
            "GET /?{QUERY} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
        );
        let answer = exchange(address, &request).await;
        assert_eq!(answer.status, status, "{token}");
        show(&answer);
    }
    show(&get(address, &format!("/fails?{QUERY}")).await);
    let foreign = format!(
        "POST /write?{QUERY} HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\n\
         Sec-Fetch-Site: cross-site\r\nConnection: close\r\n\r\n"
    );
    show(&exchange(address, &foreign).await);
}

/// Freezes the database, and then stops it.
async fn outages(server: &Postgres, settings: &Loaded<Settings>, pool: &PgPool, address: SocketAddr) {
    server.freeze();
    show(&get(address, "/health").await);
    server.thaw();
    show(&get(address, "/health").await);
    server.stop();
    show(&get(address, "/health").await);
    let error = sqlx::query("SELECT $1").bind(STATEMENT).execute(pool).await.unwrap_err();
    println!("{:?}", DatabaseFault::in_pool(&error, pool));
    let error = settings.database.connect().await.unwrap_err();
    println!("{error} {error:?}");
}
