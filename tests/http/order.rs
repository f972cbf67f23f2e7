//! The order of the layers, as it is visible in responses.

use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, StatusCode},
    middleware::{Next, from_fn},
    response::Response,
    routing::get as at,
};
use hardened::Loader;

use super::server::{exchange, get, get_from, load, serve};

/// A layer in the place of CORS that marks every response that passes it.
async fn mark(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert("x-plugged", HeaderValue::from_static("passed"));
    response.headers_mut().insert("server", HeaderValue::from_static("plugged"));
    response
}

async fn address() -> std::net::SocketAddr {
    let settings = load(Loader::new(), &[("ENVIRONMENT", "production"), ("ALLOWED_HOSTS", "localhost")]);
    let failing = || async { (StatusCode::INTERNAL_SERVER_ERROR, "hunter2") };
    let router = Router::new().route("/", at(|| async { "fine" })).route("/500", at(failing));
    serve(router.layer(settings.layer().with(from_fn(mark)))).await
}

#[tokio::test]
async fn a_plugged_in_layer_sees_errors_and_hidden_documentation() {
    let address = address().await;
    for (path, status) in [("/", 200), ("/500", 500), ("/docs", 404), ("/absent", 404)] {
        let answer = get(address, path).await;
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.header("x-plugged"), Some("passed"), "{path}");
        assert!(!answer.body.contains("hunter2"), "{path}");
    }
}

#[tokio::test]
async fn a_plugged_in_layer_sees_no_request_for_a_foreign_host() {
    let answer = get_from(address().await, "/", "evil.example").await;
    assert_eq!((answer.status, answer.header("x-plugged")), (421, None));
}

#[tokio::test]
async fn security_headers_are_on_every_response_and_override_plugged_in_layers() {
    let address = address().await;
    for (path, host) in [("/", "localhost"), ("/500", "localhost"), ("/docs", "localhost"), ("/", "evil.example")] {
        let answer = get_from(address, path, host).await;
        assert_eq!(answer.header("x-frame-options"), Some("DENY"), "{host}{path}");
        assert_eq!(answer.header("server"), None, "{host}{path}");
    }
}

#[tokio::test]
async fn requests_that_hyper_refuses_get_no_headers_of_ours() {
    let long = format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "x".repeat(70_000));
    let many = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "x: x\r\n".repeat(200));
    for (request, status) in [("no HTTP at all\r\n\r\n", 400), (&*long, 414), (&*many, 431)] {
        let answer = exchange(address().await, request).await;
        assert_eq!((answer.status, &*answer.body), (status, ""));
        assert_eq!(answer.header("x-frame-options"), None, "{status}: docs/HTTP.md and docs/THREATS.md say so");
    }
}
