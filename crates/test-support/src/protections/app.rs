//! An axum app with every protection, and the settings that all apps share.

use axum::{
    Router,
    body::Bytes,
    extract::Extension,
    http::{HeaderMap, StatusCode, header::SET_COOKIE},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use hardened::{
    Config, CorsSettings, Environment, Http, Loaded, Loader, Tier,
    auth::{Attempts, SessionSettings},
    health::Health,
    layers::{AttemptLimit, ClientAddress, HttpsOnly},
    listen::TrustedProxies,
};

pub(super) const HOST: &str = "api.example.com";
pub(super) const ORIGIN: &str = "https://app.example.com";
pub(super) const ACCOUNT_ATTEMPTS: usize = 2;
pub(super) const CLIENT_ATTEMPTS: usize = 3;
pub(super) const BODY: usize = 1024;

/// The user of the session.
pub(super) const USER: &str = "user-7";

/// The text of an error, which no client may see.
pub(super) const TEXT: &str = "password=hunter2";

/// The settings of an app.
#[derive(Debug, Config)]
pub struct Settings {
    /// Where the app listens.
    #[config(nested)]
    pub http: Http,
    /// The origins whose pages may read responses.
    #[config(nested)]
    pub cors: CorsSettings,
    /// The proxies that are trusted to name the client.
    #[config(nested)]
    pub proxies: TrustedProxies,
    /// How often a client may try.
    #[config(nested)]
    pub attempts: Attempts,
    /// The cookie of a session.
    #[config(nested)]
    pub session: SessionSettings,
}

impl Settings {
    /// Returns the limit of sign-in attempts.
    pub fn limit(&self) -> AttemptLimit {
        AttemptLimit::new("sign-in", &self.attempts, &self.proxies)
    }

    /// Returns the health checks of an app without a database.
    pub fn health(&self) -> Health {
        Health::without_database(Tier::Production).build()
    }
}

/// Returns the settings in Production.
pub fn settings() -> Loaded<Settings> {
    let environment = Environment::empty()
        .set("ENVIRONMENT", "production")
        .set("ALLOWED_HOSTS", HOST)
        .set("CORS_ORIGINS", ORIGIN)
        .set("TRUSTED_PROXIES", "loopback")
        .set("ATTEMPTS_PER_CLIENT", "3")
        .set("ATTEMPTS_PER_ACCOUNT", "2")
        .set("ATTEMPTS_WINDOW", "24h")
        .set("SESSION_COOKIE_KEY", crate::KEY)
        .set("HTTP_MAX_BODY_BYTES", "1024");
    Loader::new().environment(environment).load().unwrap_or_else(|refusal| panic!("{refusal}"))
}

/// Returns the routes that [`holds`](super::holds) requests, with all middleware.
pub fn app(settings: &Settings) -> Router {
    let (limit, health) = (settings.limit(), settings.health());
    let of_client = limit.layer();
    let (begins, goes_on) = (settings.session.cookie(), settings.session.cookie());
    let me = async move |headers: HeaderMap| match goes_on.read(&headers) {
        Some(session) => session.value().to_owned().into_response(),
        None => StatusCode::UNAUTHORIZED.into_response(),
    };
    let sign_in = async move |client: Option<Extension<ClientAddress>>, account: String| -> Response {
        match limit.account(client.map(|Extension(client)| client), &account).await {
            Ok(()) => "welcome".into_response(),
            Err(refusal) => refusal.response::<axum::body::Body>(),
        }
    };
    Router::new()
        .route("/", get(async || "hello"))
        .route("/docs", get(async || "the page"))
        .route("/fails", get(async || (StatusCode::INTERNAL_SERVER_ERROR, TEXT)))
        .route("/client", get(async |Extension(client): Extension<ClientAddress>| client.ip().to_string()))
        .route("/sign-in", post(sign_in))
        .route("/token", post(async || "a token").layer(of_client))
        .route("/session", post(async move || ([(SET_COOKIE, begins.set(USER).unwrap())], "welcome")))
        .route("/me", get(me))
        .route("/echo", post(async |body: Bytes| body))
        .route_service("/readyz", health.readyz())
        .layer(HttpsOnly)
        .layer(hardened::stack(&settings.http, settings.cors.policy()).clients(&settings.proxies))
}
