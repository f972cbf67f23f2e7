//! The whole stack in one call, around a typical service.

use axum::{
    Router,
    http::StatusCode,
    routing::{get as at, post},
};
use hardened::{Config, CorsSettings, Environment, Http, Loader};

use super::server::{Answer, exchange, get_from, serve};

#[derive(Debug, Config)]
struct Settings {
    #[config(nested)]
    http: Http,
    #[config(nested)]
    cors: CorsSettings,
}

const ORIGIN: &str = "https://app.example.com";

async fn address() -> std::net::SocketAddr {
    let environment = Environment::empty()
        .set("ENVIRONMENT", "production")
        .set("CORS_ORIGINS", ORIGIN)
        .set("ALLOWED_HOSTS", "api.example.com");
    let settings = Loader::new().environment(environment).load::<Settings>().unwrap();
    let router = Router::new()
        .route("/", at(|| async { "fine" }))
        .route("/health", at(|| async { "well" }))
        .route("/livez", at(|| async { "alive" }))
        .route("/readyz", at(|| async { "ready" }))
        .route("/write", post(|| async { "written" }))
        .route("/401", at(|| async { (StatusCode::UNAUTHORIZED, "who?") }))
        .route("/500", at(|| async { (StatusCode::INTERNAL_SERVER_ERROR, "hunter2") }))
        .route("/panic", at(|| async { if ORIGIN.is_empty() { "" } else { panic!("hunter2") } }));
    serve(router.layer(hardened::stack(&settings.http, settings.cors.policy()))).await
}

async fn ask(method: &str, path: &str, headers: &str) -> Answer {
    let request = format!("{method} {path} HTTP/1.1\r\nHost: api.example.com\r\n{headers}Connection: close\r\n\r\n");
    exchange(address().await, &request).await
}

#[track_caller]
fn assert_protected(answer: &Answer) {
    for name in ["strict-transport-security", "x-content-type-options", "content-security-policy", "x-frame-options"] {
        assert!(answer.header(name).is_some(), "{name}: {answer:?}");
    }
    assert!(!answer.body.contains("hunter2"), "{answer:?}");
}

#[tokio::test]
async fn our_page_can_read_every_response_including_errors_panics_and_hidden_paths() {
    for (path, status) in [("/", 200), ("/401", 401), ("/500", 500), ("/panic", 500), ("/docs", 404), ("/absent", 404)]
    {
        let answer = ask("GET", path, &format!("Origin: {ORIGIN}\r\n")).await;
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), Some(ORIGIN), "{path}");
        assert_protected(&answer);
    }
}

#[tokio::test]
async fn another_page_can_read_no_response() {
    for path in ["/", "/401", "/500", "/panic", "/docs", "/absent"] {
        let answer = ask("GET", path, "Origin: https://evil.example\r\n").await;
        assert_eq!(answer.header("access-control-allow-origin"), None, "{path}");
        assert_protected(&answer);
    }
}

#[tokio::test]
async fn a_forged_request_is_refused_before_the_service_and_our_page_can_read_why() {
    let forged = ask("POST", "/write", "Origin: https://evil.example\r\nSec-Fetch-Site: cross-site\r\n").await;
    assert_eq!((forged.status, forged.body.as_str()), (403, ""));
    assert_protected(&forged);
    let ours = ask("POST", "/write", &format!("Origin: {ORIGIN}\r\nSec-Fetch-Site: same-site\r\n")).await;
    assert_eq!((ours.status, ours.body.as_str()), (200, "written"));
    let tool = ask("POST", "/write", "").await;
    assert_eq!((tool.status, tool.body.as_str()), (200, "written"));
}

#[tokio::test]
async fn preflights_are_answered_for_ours_and_denied_for_others() {
    let asks = "Access-Control-Request-Method: POST\r\n";
    let ours = ask("OPTIONS", "/write", &format!("Origin: {ORIGIN}\r\n{asks}")).await;
    assert!(ours.status < 300, "{ours:?}");
    assert_eq!(ours.header("access-control-allow-origin"), Some(ORIGIN));
    let other = ask("OPTIONS", "/write", &format!("Origin: https://evil.example\r\n{asks}")).await;
    assert_eq!(other.status, 403);
    assert_protected(&other);
}

#[tokio::test]
async fn a_foreign_host_is_refused_before_everything_and_gets_no_permission() {
    let request = format!("GET / HTTP/1.1\r\nHost: evil.example\r\nOrigin: {ORIGIN}\r\nConnection: close\r\n\r\n");
    let answer = exchange(address().await, &request).await;
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (421, None));
    assert_protected(&answer);
}

#[tokio::test]
async fn a_platforms_own_probe_passes_every_layer_whatever_host_it_names() {
    let address = address().await;
    // Railway's host name, and addresses of a pod that a kubelet probes.
    for host in ["healthcheck.railway.app", "10.42.0.7:8080", "[fd00::7]:8080"] {
        for (path, status) in [("/health", 200), ("/livez", 200), ("/readyz", 200), ("/", 421)] {
            let answer = get_from(address, path, host).await;
            assert_eq!(answer.status, status, "{host} {path}");
            assert_protected(&answer);
        }
    }
}
