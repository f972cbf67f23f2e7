//! Which routes there are, and what stands around them.

use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRef, Request},
    middleware::map_response,
};
use hardened::{
    Loaded,
    auth::{TokenSigner, TokenVerifier},
    health::Health,
    manifest::{HealthContract, LimitPromise, Promises},
};
use tower_http::trace::{DefaultOnResponse, TraceLayer};
use tracing::Level;
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};
use utoipa_swagger_ui::SwaggerUi;

use crate::{Settings, Store, accounts, password::Passwords, problem, tasks};

const LONGEST_BODY: usize = 16 * 1024;

/// The service: its settings, its database, and what is made of them once.
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
    signer: TokenSigner,
    verifier: TokenVerifier,
}

/// The documentation: `/docs`, `/openapi.json`; hidden in Preview and Production.
#[derive(OpenApi)]
#[openapi(
    info(title = "taskflow", description = "Accounts and their tasks"),
    modifiers(&BearerToken),
)]
struct Documentation;

/// What the routes below promise in addition to the settings: `config manifest` prints it.
pub fn promised(_: &Settings, promises: &mut Promises) {
    promises
        .health_check("/health", HealthContract::Deep)
        .health_check("/livez", HealthContract::Live)
        .health_check("/readyz", HealthContract::Ready);
    promises.limits = Some(LimitPromise { request_body_bytes: Some(LONGEST_BODY as u64), ..LimitPromise::default() });
}

/// The description of every route.
#[must_use]
pub fn documentation() -> utoipa::openapi::OpenApi {
    described_routes().into_openapi()
}

fn described_routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(Documentation::openapi())
        .routes(routes!(accounts::sign_up))
        .routes(routes!(accounts::sign_in))
        .routes(routes!(tasks::list, tasks::create))
        .routes(routes!(tasks::read, tasks::update, tasks::delete))
}

impl App {
    /// The service that these settings describe.
    #[must_use]
    pub fn new(settings: &Loaded<Settings>, store: Store) -> Self {
        Self {
            settings: settings.clone(),
            health: Health::new(settings.tier, store.clone()),
            state: AppState {
                store,
                passwords: Passwords::default(),
                signer: settings.jwt.signer(),
                verifier: settings.jwt.verifier(),
            },
        }
    }

    /// All routes, with everything around them that protects them.
    pub fn router(&self) -> Router {
        let (routes, documentation) = described_routes().split_for_parts();
        routes
            .with_state(self.state.clone())
            .merge(SwaggerUi::new("/docs").url("/openapi.json", documentation))
            .route_service("/health", self.health.healthz())
            .route_service("/livez", self.health.livez())
            .route_service("/readyz", self.health.readyz())
            .layer(DefaultBodyLimit::max(LONGEST_BODY))
            .layer(hardened::stack(&self.settings.http, self.settings.cors.policy()))
            .layer(map_response(problem::in_one_form))
            .layer(
                TraceLayer::new_for_http()
                    .make_span_with(span)
                    .on_response(DefaultOnResponse::new().level(Level::INFO)),
            )
    }
}

/// Method and path of a request, without what stands behind the question mark.
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
