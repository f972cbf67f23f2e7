//! A running service, and requests to it.

use std::net::SocketAddr;

use axum::Extension;
use hardened::{Environment, Loaded, Loader, layers::PeerAddress, rule};
use hardened_testing::valid_env;
use serde_json::{Value, json};
use taskflow::{App, Settings, Store};
use tokio::{net::TcpListener, task::block_in_place};

use crate::{
    postgres::Postgres,
    server::{Answer, exchange},
};

pub(crate) const PASSWORD: &str = "correct horse battery staple";

/// taskflow on its own port.
pub(crate) struct Service {
    pub(crate) address: SocketAddr,
    pub(crate) settings: Loaded<Settings>,
    /// The router, for requests without a socket.
    pub(crate) router: axum::Router,
    /// The database, which ends with the service.
    pub(crate) postgres: Option<Postgres>,
}

/// Starts a service in production with PostgreSQL, and one on a developer's machine with SQLite.
pub(crate) async fn both() -> [Service; 2] {
    [production().await, own_machine().await]
}

pub(crate) async fn production() -> Service {
    in_production(of_many(valid_env::<Settings>())).await
}

/// Starts a service in production with one host name, for one front end, with the default limits.
pub(crate) async fn production_named(host: &str) -> Service {
    in_production(named(host)).await
}

/// Starts the same service in Preview.
pub(crate) async fn preview_named(host: &str) -> Service {
    in_production(named(host).set("ENVIRONMENT", "preview")).await
}

/// Starts the same service in Production, for a test that makes more attempts than one client may.
pub(crate) async fn production_of_many(host: &str) -> Service {
    in_production(of_many(named(host))).await
}

fn named(host: &str) -> Environment {
    let environment = valid_env::<Settings>().set("ALLOWED_HOSTS", format!("{host},localhost"));
    environment.set("CORS_ORIGINS", "https://app.example.com")
}

/// Permits as many attempts as a test needs, because all its clients have the same address.
fn of_many(environment: Environment) -> Environment {
    environment.set("ATTEMPTS_PER_CLIENT", "100000").set("ATTEMPTS_PER_ACCOUNT", "100")
}

async fn in_production(environment: Environment) -> Service {
    let postgres = block_in_place(Postgres::start);
    let settings = load(environment.set("DATABASE_URL", postgres.url()));
    let store = Store::open(&settings).await.unwrap();
    Service::new(settings, store, Some(postgres)).await
}

pub(crate) async fn own_machine() -> Service {
    on_own_machine(of_many(valid_env::<Settings>())).await
}

pub(crate) async fn on_own_machine(environment: Environment) -> Service {
    let environment = environment.set("ENVIRONMENT", "development").unset("DATABASE_URL");
    let settings = load(environment.set("EMBEDDED_STORAGE", ":memory:"));
    let store = Store::open(&settings).await.unwrap();
    Service::new(settings, store, None).await
}

/// Loads the settings as the service does, but accepts a database on this machine.
#[track_caller]
pub(crate) fn load(environment: Environment) -> Loaded<Settings> {
    let loader = Loader::new().environment(environment);
    let loader = loader.waive(rule::DATABASE_LOOPBACK, "DATABASE_URL", "the server of a test");
    loader.load().unwrap_or_else(|refusal| panic!("{refusal}"))
}

impl Service {
    pub(crate) async fn new(settings: Loaded<Settings>, store: Store, postgres: Option<Postgres>) -> Self {
        let router = App::new(&settings, store).router();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        // The service is served as when deployed, so that it has the limits that it promises.
        tokio::spawn(hardened::serve(listener, router.clone(), &settings.http).without_signals().into_future());
        // A server would add the peer address.
        let router = router.layer(Extension(PeerAddress::from(address)));
        Self { address, settings, router, postgres }
    }

    pub(crate) async fn ask(&self, method: &str, path: &str, token: Option<&str>, body: Option<Value>) -> Answer {
        let token = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        let kind = if body.is_empty() { "" } else { "Content-Type: application/json\r\n" };
        let length = body.len();
        let head = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{token}{kind}");
        exchange(self.address, &format!("{head}Content-Length: {length}\r\n\r\n{body}")).await
    }

    pub(crate) async fn get(&self, path: &str, token: &str) -> Answer {
        self.ask("GET", path, Some(token), None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.ask("POST", path, None, Some(body)).await
    }

    /// Signs up a new user, and returns the token.
    pub(crate) async fn user(&self, email: &str) -> String {
        let credentials = json!({ "email": email, "password": PASSWORD });
        assert_eq!(self.post("/sign-up", credentials.clone()).await.status, 202);
        let answer = self.post("/sign-in", credentials).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        json(&answer)["token"].as_str().unwrap().to_owned()
    }

    /// Creates a task, and returns its path.
    pub(crate) async fn task(&self, token: &str, title: &str) -> String {
        let answer = self.ask("POST", "/tasks", Some(token), Some(json!({ "title": title }))).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        format!("/tasks/{}", json(&answer)["id"].as_str().unwrap())
    }
}

#[track_caller]
pub(crate) fn json(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{answer:?}"))
}
