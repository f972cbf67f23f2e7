//! Every protection for a service, in one layer.

use tower_http::csrf::{Csrf, CsrfLayer};
use tower_layer::Layer;

use crate::{
    Http,
    cors::{CorsLayer, CorsPolicy, CorsService},
    layers::HttpLayer,
};

/// Returns one tower layer with every protection, in the right order.
///
/// ```
/// use axum::{Router, routing::get};
/// use hardened::{Config, CorsSettings, Http};
///
/// #[derive(Debug, Config)]
/// struct Settings {
///     #[config(nested)]
///     http: Http,
///     #[config(nested)]
///     cors: CorsSettings,
/// }
///
/// fn app(settings: &Settings) -> Router {
///     let routes = Router::new().route("/", get(|| async { "hello" }));
///     routes.layer(hardened::stack(&settings.http, settings.cors.policy()))
/// }
/// ```
///
/// From the outside to the inside:
///
/// 1. security headers, so that they are on every response;
/// 2. the hosts that requests may name (421);
/// 3. CORS, so that a page can read every response from inside it, including errors;
/// 4. the guard against requests that other sites forge (403);
/// 5. documentation that is not public (404);
/// 6. server errors, whose text is removed, and panics (500).
///
/// The parts can be used alone: [`Http::layer`] is 1, 2, 5 and 6; [`HttpLayer::with`] puts any other layer in the middle.
pub fn stack(http: &Http, cors: &CorsPolicy) -> HttpLayer<CorsAndGuard> {
    http.layer().with(CorsAndGuard { cors: cors.layer(), guard: cors.guard() })
}

/// The CORS layer with the guard against forged requests inside it. Part of [`stack`].
#[derive(Debug, Clone)]
#[must_use = "a layer does nothing until it wraps a service"]
pub struct CorsAndGuard {
    cors: CorsLayer,
    guard: CsrfLayer,
}

impl<S> Layer<S> for CorsAndGuard {
    type Service = CorsService<Csrf<S>>;

    fn layer(&self, inner: S) -> Self::Service {
        self.cors.layer(self.guard.layer(inner))
    }
}
