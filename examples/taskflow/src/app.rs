//! The routes and the middleware.

use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRef, Request},
    middleware::map_response,
};
use hardened::{
    Loaded,
    auth::{TokenSigner, TokenVerifier},
    health::Health,
    layers::AttemptLimit,
    manifest::{HealthContract, LimitPromise, Promises},
};
use tower_http::trace::{DefaultOnResponse, TraceLayer};
use tracing::Level;
use utoipa::OpenApi;
use utoipa_axum::{
    router::{OpenApiRouter, UtoipaMethodRouter, UtoipaMethodRouterExt as _},
    routes,
};
use utoipa_swagger_ui::SwaggerUi;

use crate::{
    Settings, Store,
    accounts::{self, Limits},
    password::Passwords,
    problem, tasks,
};

const LONGEST_BODY: usize = 16 * 1024;

/// The service: its settings, its database, and the state that is made from them once.
#[derive(Debug, Clone)]
pub struct App {
    settings: Loaded<Settings>,
    health: Health,
    state: AppState,
}

#[derive(Debug, Clone, FromRef)]
struct AppState {
    store: Store,
    passwords: Passwords,
    limits: Limits,
    signer: TokenSigner,
    verifier: TokenVerifier,
}

/// The documentation at `/docs` and `/openapi.json`, which is hidden in Preview and Production.
#[derive(OpenApi)]
#[openapi(
    info(title = "taskflow", description = "Accounts and their tasks"),
    modifiers(&BearerToken),
)]
struct Documentation;

/// Adds the promises of the routes below to those of the settings. `config manifest` prints them.
pub fn promised(_: &Settings, promises: &mut Promises) {
    promises
        .health_check("/health", HealthContract::Deep)
        .health_check("/livez", HealthContract::Live)
        .health_check("/readyz", HealthContract::Ready);
    promises.limits = Some(LimitPromise { request_body_bytes: Some(LONGEST_BODY as u64), ..LimitPromise::default() });
}

/// Returns the description of every route.
#[must_use]
pub fn documentation() -> utoipa::openapi::OpenApi {
    described_routes(None).into_openapi()
}

/// Returns every route with its description; limits are not needed for the description alone.
fn described_routes(limits: Option<&Limits>) -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(Documentation::openapi())
        .routes(limited(routes!(accounts::sign_up), limits.map(|limits| &limits.sign_up)))
        .routes(limited(routes!(accounts::sign_in), limits.map(|limits| &limits.sign_in)))
        .routes(routes!(tasks::list, tasks::create))
        .routes(routes!(tasks::read, tasks::update, tasks::delete))
}

fn limited(route: UtoipaMethodRouter<AppState>, limit: Option<&AttemptLimit>) -> UtoipaMethodRouter<AppState> {
    match limit {
        Some(limit) => route.layer(limit.layer()),
        None => route,
    }
}

impl App {
    /// Creates the service from these settings.
    #[must_use]
    pub fn new(settings: &Loaded<Settings>, store: Store) -> Self {
        Self {
            settings: settings.clone(),
            health: Health::new(settings.tier, store.clone()),
            state: AppState {
                store,
                passwords: Passwords::default(),
                limits: Limits::new(&settings.attempts, &settings.proxies),
                signer: settings.jwt.signer(),
                verifier: settings.jwt.verifier(),
            },
        }
    }

    /// Returns all routes with the protections around them.
    pub fn router(&self) -> Router {
        let (routes, documentation) = described_routes(Some(&self.state.limits)).split_for_parts();
        routes
            .with_state(self.state.clone())
            .merge(SwaggerUi::new("/docs").url("/openapi.json", documentation))
            .route_service("/health", self.health.healthz())
            .route_service("/livez", self.health.livez())
            .route_service("/readyz", self.health.readyz())
            .layer(DefaultBodyLimit::max(LONGEST_BODY))
            .layer(hardened::stack(&self.settings.http, self.settings.cors.policy()).clients(&self.settings.proxies))
            .layer(map_response(problem::in_one_form))
            .layer(
                TraceLayer::new_for_http()
                    .make_span_with(span)
                    .on_response(DefaultOnResponse::new().level(Level::INFO)),
            )
    }
}

/// Creates a span with the method and the path of a request, but without the query.
fn span(request: &Request) -> tracing::Span {
    tracing::info_span!("request", method = %request.method(), path = request.uri().path())
}

struct BearerToken;

impl utoipa::Modify for BearerToken {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        openapi.components.get_or_insert_default().add_security_scheme("token", scheme);
    }
}

#[cfg(test)]
mod tests {
    use hardened::{Environment, Loader};
    use test_support::server::{Answer, exchange};
    use tokio::net::TcpListener;

    use super::*;
    use crate::user::User;

    const CREDENTIALS: &str = r#"{"email":"ada@example.com","password":"correct horse battery staple"}"#;

    async fn app() -> App {
        let environment = Environment::empty()
            .set("ENVIRONMENT", "test")
            .set("JWT_SECRET_KEY", "Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM")
            .set("CORS_ORIGINS", "http://localhost:3000")
            .set("EMBEDDED_STORAGE", ":memory:")
            .set("ATTEMPTS_PER_CLIENT", "1000000")
            .set("ATTEMPTS_PER_ACCOUNT", "1000000");
        let settings = Loader::new().environment(environment).load::<Settings>().unwrap();
        App::new(&settings, Store::open(&settings).await.unwrap())
    }

    #[tokio::test]
    async fn where_too_many_passwords_wait_signing_in_is_refused_and_tasks_are_answered() {
        let app = app().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = hardened::serve(listener, app.router(), &app.settings.http).without_signals();
        tokio::spawn(serving.into_future());
        let token = app.state.signer.sign(&User { id: uuid::Uuid::now_v7() }).unwrap();
        let ask = async |method: &str, path: &str, body: &str| -> Answer {
            let head = "Host: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n";
            let length = body.len();
            let rest = format!("Authorization: Bearer {token}\r\nContent-Length: {length}\r\n\r\n{body}");
            exchange(address, &format!("{method} {path} HTTP/1.1\r\n{head}{rest}")).await
        };
        let filled = app.state.passwords.fill().await;
        for path in ["/sign-in", "/sign-up"] {
            let refused = ask("POST", path, CREDENTIALS).await;
            assert_eq!((refused.status, refused.header("retry-after")), (503, Some("1")), "{path}");
            assert_eq!(ask("GET", "/tasks", "").await.status, 200, "{path}");
        }
        drop(filled);
        // There is room again as soon as the thread continues.
        while ask("POST", "/sign-up", CREDENTIALS).await.status == 503 {}
        assert_eq!(ask("POST", "/sign-in", CREDENTIALS).await.status, 200);
    }
}
