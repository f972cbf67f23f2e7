//! The cost that the layer around a service adds to a request, measured in process: the fastest of many short turns.
//!
//! `bare` and `stack` differ only in the layer: headers, hosts, CORS, the guard, documentation, errors, and the client's address
//! behind a trusted proxy. `set_header` sets the same headers with tower-http's layers and does nothing else. Inside axum, which
//! clones the stack for every request, compare the names that start with `axum`. `axum_attempts` also has an attempt limit around
//! the route, as a sign-in has. With `HARDENED_BENCH_ONLY=axum_stack`, or another name, only that one runs, ten thousand times,
//! for callgrind.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark that prints, or has nothing to say")]

#[path = "../race.rs"]
mod race;

use std::{convert::Infallible, hint::black_box, net::IpAddr};

use axum::{Router, body::Body, routing::get};
use hardened::{
    Config, CorsSettings, Environment, Http, Loader,
    auth::Attempts,
    layers::{AttemptLimit, PeerAddress},
    listen::TrustedProxies,
};
use http::{HeaderName, HeaderValue, Request, Response};
use race::{Contender, race};
use tokio::runtime::Runtime;
use tower::{Layer, Service, ServiceExt, service_fn, util::BoxCloneSyncService};
use tower_http::set_header::SetResponseHeaderLayer;

#[derive(Debug, Config)]
struct Settings {
    #[config(nested)]
    http: Http,
    #[config(nested)]
    cors: CorsSettings,
    #[config(nested)]
    proxies: TrustedProxies,
    #[config(nested)]
    attempts: Attempts,
}

const HEADERS: [(&str, &str); 8] = [
    ("strict-transport-security", "max-age=31536000; includeSubDomains"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("content-security-policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
    ("referrer-policy", "no-referrer"),
    ("permissions-policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cache-control", "no-store"),
];

fn settings() -> hardened::Loaded<Settings> {
    let environment = Environment::empty()
        .set("ENVIRONMENT", "production")
        .set("CORS_ORIGINS", "https://app.example.com")
        .set("ALLOWED_HOSTS", "api.example.com")
        .set("TRUSTED_PROXIES", "10.0.0.0/8")
        // A limit that refuses no attempt.
        .set("ATTEMPTS_PER_CLIENT", "1000000000")
        .set("ATTEMPTS_WINDOW", "1s");
    Loader::new().environment(environment).load().unwrap()
}

fn request() -> Request<Body> {
    Request::builder()
        .uri("/tasks?page=2")
        .header("host", "api.example.com")
        .header("origin", "https://app.example.com")
        .header("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0")
        .header("accept", "application/json")
        .header("authorization", "Bearer x.y.z")
        .header("x-forwarded-for", "203.0.113.9")
        .extension(PeerAddress::from(IpAddr::from([10, 0, 0, 1])))
        .body(Body::empty())
        .unwrap()
}

async fn fine(_: Request<Body>) -> Result<Response<Body>, Infallible> {
    Ok(Response::new(Body::from("fine")))
}

fn routes() -> Router {
    Router::new().route("/tasks", get(|| async { "fine" }))
}

/// Sends one request through a clone of the service, as axum and hyper do. The request is built anew each time, which costs every
/// contender the same.
fn contender<S, B>(service: S) -> Contender
where
    S: Service<Request<Body>, Response = Response<B>, Error = Infallible> + Clone + 'static,
    B: 'static,
{
    let runtime = Runtime::new().unwrap();
    Box::new(move || drop(black_box(runtime.block_on(service.clone().oneshot(request())))))
}

fn set_headers() -> BoxCloneSyncService<Request<Body>, Response<Body>, Infallible> {
    HEADERS.into_iter().fold(BoxCloneSyncService::new(service_fn(fine)), |service, (name, value)| {
        let (name, value) = (HeaderName::from_static(name), HeaderValue::from_static(value));
        BoxCloneSyncService::new(SetResponseHeaderLayer::if_not_present(name, value).layer(service))
    })
}

fn header(index: usize) -> SetResponseHeaderLayer<HeaderValue> {
    let (name, value) = HEADERS[index];
    SetResponseHeaderLayer::if_not_present(HeaderName::from_static(name), HeaderValue::from_static(value))
}

fn main() {
    let settings = settings();
    let layer = || hardened::stack(&settings.http, settings.cors.policy()).clients(&settings.proxies);
    let limit = AttemptLimit::new("sign-in", &settings.attempts, &settings.proxies);
    let limited = || Router::new().route("/tasks", get(|| async { "fine" }).layer(limit.layer()));
    let unboxed = tower::ServiceBuilder::new()
        .layer(header(0))
        .layer(header(1))
        .layer(header(2))
        .layer(header(3))
        .layer(header(4))
        .layer(header(5))
        .layer(header(6))
        .layer(header(7));
    let all = [
        ("bare", contender(service_fn(fine))),
        ("http_layer", contender(settings.http.layer().clients(&settings.proxies).layer(service_fn(fine)))),
        ("stack", contender(layer().layer(service_fn(fine)))),
        ("set_header_boxed", contender(set_headers())),
        ("set_header", contender(unboxed.clone().service(service_fn(fine)))),
        // As in `axum::serve`, the layers are put around the handlers once, not for each request.
        ("axum_bare", contender(routes().with_state::<()>(()))),
        ("axum_stack", contender(routes().layer(layer()).with_state::<()>(()))),
        ("axum_attempts", contender(limited().layer(layer()).with_state::<()>(()))),
        ("axum_set_header", contender(routes().layer(unboxed).with_state::<()>(()))),
    ];
    let names = all.each_ref().map(|(name, _)| *name);
    let mut contenders = all.map(|(_, contender)| contender);
    if let Ok(only) = std::env::var("HARDENED_BENCH_ONLY") {
        let only = names.iter().position(|name| *name == only).unwrap();
        return (0..10_000).for_each(|_| contenders[only]());
    }
    println!(
        "nanoseconds of the fastest of many turns, the request included\n\n| | ns | more than bare |\n|---|--:|--:|"
    );
    let times = race(contenders);
    for (name, time) in names.into_iter().zip(times) {
        let bare = if name.starts_with("axum") { times[5] } else { times[0] };
        println!("| {name} | {time:.0} | {:.0} |", time - bare);
    }
}
