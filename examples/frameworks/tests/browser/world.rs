//! The services and pages of the browser tests, on loopback.

use std::{
    net::{Ipv4Addr, TcpListener},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{
    Router,
    http::{HeaderMap, StatusCode, header},
    response::Html,
    routing::{get, post},
};
use hardened::{
    Tier,
    cors::{CorsPolicy, PolicyBuilder},
};
use hardened_core::manifest::{CorsPromise, HttpToken};
use hardened_verify::{Family, Verification, Verifier};
use tokio::runtime::Runtime;

/// All running services, which are ended when this value is dropped.
pub(crate) struct World {
    /// The origin of the page that the service allows.
    pub(crate) page: String,
    /// The origin with another port.
    pub(crate) denied_port: String,
    /// The origin with another name of the same host.
    pub(crate) denied_host: String,
    /// The origin of a page below the domain of a pattern.
    pub(crate) preview: String,
    /// The origin of a page at the domain of a pattern itself, which the pattern does not match.
    pub(crate) below: String,
    services: [u16; 5],
    transfers: Arc<AtomicUsize>,
    _runtime: Runtime,
}

impl World {
    pub(crate) fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.expect("a runtime starts");
        let transfers = Arc::new(AtomicUsize::new(0));
        let [pages, others] = [(); 2].map(|()| serve(&runtime, Router::new().route("/", get(page))));
        let page = format!("http://localhost:{pages}");
        let rest = |policy: PolicyBuilder| {
            policy
                .allow_methods(["PUT"])
                .allow_headers(["content-type", "x-allowed"])
                .expose_headers(["x-exposed"])
                .max_age(std::time::Duration::ZERO)
        };
        let services = [
            rest(CorsPolicy::builder()).allow_origins([&page]).allow_credentials(),
            rest(CorsPolicy::builder()).allow_origins([&page]),
            rest(CorsPolicy::builder()).allow_any_origin(),
            rest(CorsPolicy::builder()).allow_origins([format!("http://*.preview.localhost:{pages}")]),
            rest(CorsPolicy::builder()).allow_origins(["https://app.example.com"]),
        ]
        .map(|policy| {
            let policy = policy.build(Tier::Development).expect("is a policy");
            serve(&runtime, service(&policy, &transfers))
        });
        Self {
            page,
            denied_port: format!("http://localhost:{others}"),
            denied_host: format!("http://127.0.0.1:{pages}"),
            preview: format!("http://pr-7.preview.localhost:{pages}"),
            below: format!("http://preview.localhost:{pages}"),
            services,
            transfers,
            _runtime: runtime,
        }
    }

    /// Returns a URL of the service that allows the page with credentials.
    pub(crate) fn api(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.services[0])
    }

    /// Returns a URL of the service that allows the page without credentials.
    pub(crate) fn plain(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.services[1])
    }

    /// Returns a URL of the service that allows any origin.
    pub(crate) fn public(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.services[2])
    }

    /// Returns a URL of the service that allows the origins below a domain.
    pub(crate) fn previews(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.services[3])
    }

    /// Returns a URL of the service that allows only other pages.
    pub(crate) fn closed(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.services[4])
    }

    /// Verifies the service that allows the page with credentials.
    pub(crate) fn verified(&self, runtime: &Runtime) -> Verification {
        let tokens = |names: &[&str]| names.iter().map(|name| HttpToken::from(*name)).collect();
        let promise = CorsPromise {
            origins: vec![self.page.parse().expect("is an origin")],
            credentials: true,
            methods: tokens(&["PUT"]),
            headers: tokens(&["content-type", "x-allowed"]),
            exposed_headers: tokens(&["x-exposed"]),
            max_age_seconds: Some(0),
            ..CorsPromise::default()
        };
        let builder = Verifier::builder(&self.api("")).expect("is a URL").only(&[Family::Cors]).deep(true);
        runtime.block_on(builder.cors(promise).build().expect("is a verifier").run())
    }

    /// Returns how many forms have passed the guard.
    pub(crate) fn transfers(&self) -> usize {
        self.transfers.load(Ordering::SeqCst)
    }
}

fn serve(runtime: &Runtime, router: Router) -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
    listener.set_nonblocking(true).expect("does not block");
    let port = listener.local_addr().expect("has an address").port();
    runtime.spawn(async {
        let listener = tokio::net::TcpListener::from_std(listener).expect("is a listener");
        axum::serve(listener, router).await
    });
    port
}

async fn page() -> Html<&'static str> {
    Html("<!doctype html><title>page</title><body></body>")
}

const HEADERS: [(&str, &str); 2] = [("x-exposed", "yes"), ("x-hidden", "yes")];

fn service(policy: &CorsPolicy, transfers: &Arc<AtomicUsize>) -> Router {
    let transfers = Arc::clone(transfers);
    let cookie = async |headers: HeaderMap| {
        let cookie = headers.get(header::COOKIE).and_then(|value| value.to_str().ok()).unwrap_or("none").to_owned();
        (HEADERS, cookie)
    };
    let transfer = async move || {
        transfers.fetch_add(1, Ordering::SeqCst);
        "done"
    };
    let hello = get(async || (HEADERS, "hello")).post(async || (HEADERS, "posted")).put(async || (HEADERS, "put"));
    Router::new()
        .route("/hello", hello.delete(async || (HEADERS, "deleted")).patch(async || (HEADERS, "patched")))
        .route("/cookie", get(cookie))
        .route("/health", get(async || (HEADERS, "well")))
        .route("/login", get(async || ([("set-cookie", "session=1; SameSite=Lax; Path=/")], "logged in")))
        .route("/broken", get(async || (StatusCode::INTERNAL_SERVER_ERROR, HEADERS, "broken")))
        .route("/transfer", post(transfer))
        .layer(policy.guard())
        .layer(policy.layer())
}
