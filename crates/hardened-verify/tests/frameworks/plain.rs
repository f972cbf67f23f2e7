//! Services about which the verifier knows only the URL, or one path.

use axum::{Router, body::Body, extract::Request, http::Method, response::Response};
use hardened_verify::{Profile, Verification, Verifier};
use serde_json::json;

use super::service::{data, empty, with};
use crate::common::{failed, page, serve, verdict};

type Answers = fn(&Method, &str) -> Response;

async fn run(answers: Answers, profile: &str) -> Verification {
    let router = Router::new().fallback(move |request: Request<Body>| async move {
        let answer = answers(request.method(), request.uri().path());
        with(answer, "x-content-type-options", "nosniff")
    });
    let profile = Profile::parse(profile, "hardened.verify.toml").unwrap();
    Verifier::builder(&serve(router).await).unwrap().profile(profile).build().unwrap().run().await
}

fn text(status: u16, body: &'static str) -> Response {
    page(status, "text/plain; charset=utf-8", body)
}

/// Returns a page with every header that a page should have.
fn html(status: u16, body: &'static str) -> Response {
    let policy = "default-src 'self'; frame-ancestors 'none'";
    let page = with(page(status, "text/html; charset=utf-8", body), "content-security-policy", policy);
    with(page, "referrer-policy", "same-origin")
}

/// The standard library of Go: plain text, and redirects to cleaned paths.
fn go(method: &Method, path: &str) -> Response {
    match (method.as_str(), path) {
        (_, path) if path.contains("//") || path.contains("/../") => {
            with(text(301, ""), "location", &path.replace("/x/..", "").replace("//", "/"))
        }
        ("GET" | "HEAD", "/healthz") => text(200, "ok\n"),
        (_, "/healthz") => with(text(405, "Method Not Allowed\n"), "allow", "GET, HEAD"),
        _ => text(404, "404 page not found\n"),
    }
}

/// Spring with its actuator: errors have a time and a path, unusual paths are refused, everything else needs a token.
fn spring(method: &Method, path: &str) -> Response {
    if path.contains("//") || path.contains(';') || path.contains('%') || method.as_str() == "HARDENED" {
        return data(
            400,
            &json!({ "timestamp": "2026-11-26T12:00:00Z", "status": 400, "error": "Bad Request", "path": path }),
        );
    }
    match path {
        "/actuator/health" => page(200, "application/vnd.spring-boot.actuator.v3+json", "{\"status\":\"UP\"}"),
        _ => with(empty(401), "www-authenticate", "Bearer"),
    }
}

/// Rails: the health check is a green page, and errors are HTML pages.
fn rails(method: &Method, path: &str) -> Response {
    let answer = match (method.as_str(), path) {
        ("GET" | "HEAD", "/up") => {
            html(200, "<!DOCTYPE html><html><body style=\"background-color: green\"></body></html>")
        }
        _ => html(404, "<!DOCTYPE html><title>The page you were looking for does not exist (404)</title>"),
    };
    with(with(answer, "x-runtime", "0.004211"), "x-request-id", "2f1c6a0e")
}

/// A site in an object store: it has no health check and allows only GET and HEAD.
fn files(method: &Method, path: &str) -> Response {
    match (method.as_str(), path) {
        ("GET" | "HEAD", "/") => html(200, "<!doctype html><title>Notes</title>"),
        ("GET" | "HEAD", _) => page(403, "application/xml", "<Error><Code>AccessDenied</Code></Error>"),
        _ => page(405, "application/xml", "<Error><Code>MethodNotAllowed</Code></Error>"),
    }
}

/// A server that implements two methods and responds to the others with 501.
fn bare(method: &Method, path: &str) -> Response {
    match (method.as_str(), path) {
        ("GET" | "HEAD", "/health") => text(200, "healthy"),
        ("GET" | "HEAD", _) => text(404, "not found"),
        _ => text(501, "not implemented"),
    }
}

/// GraphQL: one path, and errors in responses with status 200.
fn graphql(method: &Method, path: &str) -> Response {
    match (method.as_str(), path) {
        ("GET" | "HEAD", "/health") => page(200, "application/health+json", "{\"status\":\"pass\"}"),
        ("POST", "/graphql") => data(200, &json!({ "errors": [{ "message": "Unexpected end of document" }] })),
        (_, "/graphql") => data(400, &json!({ "errors": [{ "message": "GET query missing." }] })),
        _ => text(404, "Not Found"),
    }
}

#[tokio::test]
async fn a_healthy_service_has_no_finding_although_only_its_url_is_known() {
    for (name, answers, profile, unknown) in [
        ("Go", go as Answers, "", &[][..]),
        ("Spring", spring, "", &[]),
        ("Rails", rails, "health = { paths = [\"/up\"] }", &[]),
        ("files", files, "", &["health-"]),
        ("bare", bare, "", &[]),
        ("GraphQL", graphql, "protected = \"/graphql\"", &[]),
    ] {
        let verification = run(answers, profile).await;
        assert_eq!(failed(&verification), [""; 0], "{name}: {verification}");
        let unclear = verification.outcomes().iter().filter(|outcome| outcome.verdict().name() == "inconclusive");
        let unexpected: Vec<_> = unclear
            .map(|outcome| outcome.check().id())
            .filter(|id| !unknown.iter().any(|known| id.starts_with(known)))
            .collect();
        assert_eq!(unexpected, [""; 0], "{name}: {verification}");
        assert_eq!(verdict(&verification, "docs-hidden"), "pass", "{name}: {verification}");
    }
}
