//! A service whose CORS policy can be weakened in one respect at a time.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use hardened_core::manifest::{CorsPromise, HttpToken};

pub(crate) const APP: &str = "https://app.example.com";
pub(crate) const TOKEN: &str = "opaque-token-of-the-tests";

/// The CORS behaviour of the service. The default is healthy.
#[derive(Clone, Copy)]
pub(crate) struct Api {
    pub(crate) allows: fn(&str) -> bool,
    /// The value of `Access-Control-Allow-Origin` for an allowed origin.
    pub(crate) names: fn(&str) -> String,
    /// The value of `Access-Control-Allow-Origin` for a denied origin.
    pub(crate) denied: Option<&'static str>,
    pub(crate) credentials: Option<&'static str>,
    pub(crate) methods: fn(&str) -> String,
    pub(crate) headers: fn(&str) -> String,
    pub(crate) exposed: &'static str,
    pub(crate) max_age: Option<&'static str>,
    pub(crate) vary: bool,
    pub(crate) preflight: u16,
    /// Whether preflights from denied origins are permitted.
    pub(crate) preflight_of_all: bool,
    pub(crate) private_network: bool,
    pub(crate) private_network_of_all: bool,
}

impl Default for Api {
    fn default() -> Self {
        Self {
            allows: |origin| origin == APP,
            names: str::to_owned,
            denied: None,
            credentials: Some("true"),
            methods: |_| "PUT, DELETE".to_owned(),
            headers: |_| "content-type, authorization".to_owned(),
            exposed: "x-request-id",
            max_age: Some("600"),
            vary: true,
            preflight: 204,
            preflight_of_all: false,
            private_network: false,
            private_network_of_all: false,
        }
    }
}

/// Returns the policy of the healthy service, for these origins.
pub(crate) fn policy(origins: &[&str]) -> CorsPromise {
    let tokens = |names: &[&str]| names.iter().map(|name| HttpToken::from(*name)).collect();
    let (patterns, origins): (Vec<&str>, Vec<&str>) = origins.iter().copied().partition(|text| text.contains('*'));
    CorsPromise {
        group: "cors".to_owned(),
        origins: origins.into_iter().map(|text: &str| text.parse().unwrap()).collect(),
        patterns: patterns.into_iter().map(|text: &str| text.parse().unwrap()).collect(),
        credentials: true,
        methods: tokens(&["DELETE", "PUT"]),
        headers: tokens(&["authorization", "content-type"]),
        exposed_headers: tokens(&["x-request-id"]),
        max_age_seconds: Some(600),
        ..CorsPromise::default()
    }
}

/// Adds a cache that stores responses by method and URI and ignores `Vary`.
pub(crate) fn cached(router: Router) -> Router {
    type Kept = Arc<Mutex<HashMap<String, (StatusCode, HeaderMap, Bytes)>>>;
    let kept = Kept::default();
    router.layer(middleware::from_fn(move |request: Request, next: Next| {
        let kept = Arc::clone(&kept);
        async move {
            let key = format!("{} {}", request.method(), request.uri());
            let known = kept.lock().unwrap().get(&key).cloned();
            let (status, headers, body) = match known {
                Some(known) => known,
                None => {
                    let (head, body) = next.run(request).await.into_parts();
                    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
                    kept.lock().unwrap().insert(key, (head.status, head.headers.clone(), body.clone()));
                    (head.status, head.headers, body)
                }
            };
            (status, headers, body).into_response()
        }
    }))
}

impl Api {
    /// Returns a service with `/health` for everyone and `/tasks` for the holder of [`TOKEN`]; other paths get 404.
    pub(crate) fn router(self) -> Router {
        let tasks = async |headers: HeaderMap| {
            if headers.get(header::AUTHORIZATION).is_some_and(|value| value == format!("Bearer {TOKEN}").as_str()) {
                "{\"items\":[\"write the report\"]}".into_response()
            } else {
                (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")]).into_response()
            }
        };
        let routes = Router::new().route("/health", get(async || "{\"status\":\"ok\"}")).route("/tasks", get(tasks));
        let policy = move |request: Request, next: Next| self.answer(request, next);
        routes.fallback(async || StatusCode::NOT_FOUND).layer(middleware::from_fn(policy))
    }

    async fn answer(self, request: Request, next: Next) -> Response {
        let [origin, method, names] =
            [header::ORIGIN, header::ACCESS_CONTROL_REQUEST_METHOD, header::ACCESS_CONTROL_REQUEST_HEADERS]
                .map(|name| request.headers().get(name))
                .map(|value| value.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()));
        let is_private = request.headers().contains_key("access-control-request-private-network");
        let is_preflight = request.method() == Method::OPTIONS && method.is_some();
        let is_allowed = origin.as_deref().is_some_and(self.allows);
        let is_permitted = is_allowed || is_preflight && self.preflight_of_all && origin.is_some();
        let mut response = match is_preflight {
            true if is_permitted => StatusCode::from_u16(self.preflight).unwrap().into_response(),
            true => StatusCode::FORBIDDEN.into_response(),
            false => next.run(request).await,
        };
        let headers = response.headers_mut();
        let mut set = |name: &'static str, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        };
        if self.vary {
            set("vary", "Origin");
        }
        if is_private && (self.private_network_of_all || self.private_network && is_allowed) {
            set("access-control-allow-private-network", "true");
        }
        let Some(origin) = origin.filter(|_| is_permitted) else {
            if let Some(value) = self.denied {
                set("access-control-allow-origin", value);
            }
            return response;
        };
        set("access-control-allow-origin", &(self.names)(&origin));
        if let Some(value) = self.credentials {
            set("access-control-allow-credentials", value);
        }
        if is_preflight {
            set("access-control-allow-methods", &(self.methods)(method.as_deref().unwrap_or_default()));
            set("access-control-allow-headers", &(self.headers)(names.as_deref().unwrap_or_default()));
            if let Some(age) = self.max_age {
                set("access-control-max-age", age);
            }
        } else {
            set("access-control-expose-headers", self.exposed);
        }
        response
    }
}
