//! Health checks of this library and of other frameworks: healthy, lying, and answered by a cache or a proxy.

use std::time::{Duration, SystemTime};

use crate::common::{always, assert_healthy, failed, page, target, verdict, verify};
use axum::{
    Router,
    extract::Request,
    http::{Method, StatusCode},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::get,
};
use hardened_core::{
    manifest::{HealthContract, Manifest},
    tier::Tier,
};
use hardened_verify::{Family, Verification};
use serde_json::{Value, json};

/// Returns a time in the past, in the format of the health contract.
fn ago(time: Duration) -> String {
    humantime::format_rfc3339_millis(SystemTime::now() - time).to_string()
}

fn well() -> Value {
    json!({ "database": "connected", "environment": "production", "status": "ok", "timestamp": ago(Duration::ZERO) })
}

fn ill() -> Value {
    json!({
        "database": "disconnected", "environment": "production", "error": "timeout", "status": "unhealthy",
        "timestamp": ago(Duration::ZERO),
    })
}

/// Returns the good body with one member changed; null removes the member.
fn but(name: &str, value: Value) -> Value {
    let mut body = well();
    body[name] = value;
    body.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    body
}

fn no_store(status: u16, body: &Value) -> Response {
    let mut response = page(status, "application/json", body.to_string());
    response.headers_mut().insert("cache-control", "no-store".parse().unwrap());
    response
}

/// Returns a service with the health check of this library, which responds with this status and body.
fn ours(status: u16, body: Value) -> Router {
    answers(move || no_store(status, &body))
}

fn answers(answer: impl Fn() -> Response + Clone + Send + Sync + 'static) -> Router {
    Router::new()
        .route(
            "/health",
            get(move || {
                let answer = answer();
                async move { answer }
            }),
        )
        .route("/livez", get(|| async { no_store(200, &json!({ "status": "ok" })) }))
        .route("/readyz", get(|| async { no_store(200, &well()) }))
        .layer(from_fn(|request: Request, next: Next| async move {
            let mut response = next.run(request).await;
            for (name, value) in [("x-content-type-options", "nosniff"), ("x-frame-options", "DENY")] {
                response.headers_mut().insert(name, value.parse().unwrap());
            }
            response
        }))
}

fn manifest() -> Manifest {
    let mut manifest = crate::common::manifest();
    let health = manifest.promises.health_check("/health", HealthContract::Deep);
    health.health_check("/livez", HealthContract::Live).health_check("/readyz", HealthContract::Ready);
    manifest
}

async fn promised(router: Router) -> Verification {
    target(router).only(&[Family::Health]).manifest(manifest()).build().unwrap().run().await
}

#[tokio::test]
async fn the_health_check_of_this_library_passes_with_and_without_a_manifest() {
    for verification in [promised(ours(200, well())).await, verify(ours(200, well()), Family::Health).await] {
        assert_healthy(&verification);
        assert_eq!(verification.count("pass"), 10, "{verification}");
    }
    let warns = but("status", json!("warn"));
    assert_healthy(&promised(ours(200, warns)).await);
}

#[tokio::test]
async fn a_service_that_reports_its_outage_fails_but_is_honest() {
    let verification = promised(ours(503, ill())).await;
    assert_eq!(failed(&verification), ["health-works"]);
    assert_eq!(verdict(&verification, "health-honest"), "pass");
    assert_eq!(verdict(&verification, "health-contract"), "pass");
}

#[tokio::test]
async fn each_lie_is_found_by_its_check() {
    let stale = but("timestamp", json!(ago(Duration::from_secs(600))));
    for (status, body, expected) in [
        (200, but("status", json!("fine")), &["health-contract"][..]),
        (200, but("timestamp", Value::Null), &["health-contract"]),
        (200, but("version", json!("1.2.3")), &["health-contract"]),
        (200, but("environment", json!("development")), &["health-tier"]),
        (200, stale, &["health-own-answer"]),
        (200, ill(), &["health-contract", "health-honest", "health-works"]),
        (503, well(), &["health-contract", "health-honest", "health-works"]),
        (200, but("checks", json!({ "cache": "ok" })), &[]),
    ] {
        let mut found = failed(&promised(ours(status, body.clone())).await);
        found.sort();
        assert_eq!(found, expected, "{status} {body}");
    }
    let mut body = ill();
    body["error"] = json!("password authentication failed for user \"app\"");
    let found = failed(&promised(ours(503, body)).await);
    assert!(found.contains(&"health-driver-text".to_owned()), "{found:?}");
}

#[tokio::test]
async fn a_health_response_from_a_cache_or_a_proxy_is_found() {
    let with = |name: &'static str, value: &'static str| {
        answers(move || {
            let mut answer = no_store(200, &well());
            answer.headers_mut().insert(name, value.parse().unwrap());
            answer
        })
    };
    for (router, expected) in [
        (with("cache-control", "public, max-age=60"), "health-no-store"),
        (with("age", "30"), "health-own-answer"),
        (with("x-cache", "HIT from edge"), "health-own-answer"),
        (with("server", "nginx"), ""),
    ] {
        assert_eq!(failed(&promised(router).await), Vec::from_iter(Some(expected).filter(|it| !it.is_empty())));
    }
    let proxied = ours(200, well()).layer(from_fn(|request: Request, next: Next| async move {
        let is_health = request.uri().path() == "/health";
        if is_health { no_store(200, &well()) } else { next.run(request).await }
    }));
    assert_eq!(failed(&promised(proxied).await), ["health-own-answer"]);
    let plain = ours(200, well()).layer(from_fn(|request: Request, next: Next| async move {
        let is_health = request.uri().path() == "/health";
        if is_health { page(200, "text/plain", "ok") } else { next.run(request).await }
    }));
    assert_eq!(failed(&promised(plain).await), ["health-contract", "health-no-store", "health-own-answer"]);
}

/// Express sets security headers on its own 404 page, and a front end responds to missing paths under its own name.
#[tokio::test]
async fn missing_paths_may_have_other_headers_than_the_health_check() {
    let own_page = || async {
        let policy = [("content-security-policy", "default-src 'none'"), ("x-content-type-options", "nosniff")];
        (StatusCode::NOT_FOUND, policy, "Cannot GET /")
    };
    let front_end = || async { (StatusCode::NOT_FOUND, [("server", "nginx")], "not found") };
    let health = || async { ([("server", "gunicorn")], "OK") };
    for router in [
        Router::new().route("/health", get(|| async { "OK" })).fallback(own_page),
        Router::new().route("/health", get(health)).fallback(front_end),
    ] {
        let verification = verify(router, Family::Health).await;
        assert_healthy(&verification);
        assert_eq!(verdict(&verification, "health-own-answer"), "skipped");
    }
}

#[tokio::test]
async fn head_must_be_answered_like_get() {
    for status in [404, 405, 501] {
        let refuses = ours(200, well()).layer(from_fn(move |request: Request, next: Next| async move {
            if request.method() == Method::HEAD { page(status, "text/plain", "") } else { next.run(request).await }
        }));
        assert_eq!(failed(&promised(refuses.clone()).await), ["health-head"]);
        assert_eq!(verdict(&verify(refuses, Family::Health).await, "health-head"), "skipped");
    }
}

#[tokio::test]
async fn promised_probes_must_answer() {
    let alone = || Router::new().route("/health", get(|| async { no_store(200, &well()) }));
    assert_eq!(failed(&promised(alone()).await), ["health-live", "health-ready"]);
    assert_healthy(&verify(alone(), Family::Health).await);
    let not_ready = alone().route("/readyz", get(|| async { no_store(503, &json!({ "status": "unhealthy" })) }));
    assert_eq!(failed(&verify(not_ready, Family::Health).await), ["health-ready"]);
}

#[tokio::test]
async fn health_checks_of_other_frameworks_are_understood() {
    for (path, status, body, expected) in [
        ("/health", 200, json!({ "status": "healthy" }), &[][..]),
        ("/healthz", 200, json!("OK"), &[]),
        ("/actuator/health", 200, json!({ "status": "UP" }), &[]),
        ("/actuator/health", 503, json!({ "status": "DOWN" }), &["health-works"]),
        (
            "/health",
            200,
            json!({ "status": "UP", "components": { "db": { "status": "DOWN" } } }),
            &["health-works", "health-honest"],
        ),
        ("/health", 200, json!({ "status": "ok", "environment": "development" }), &["health-tier"]),
    ] {
        let router =
            Router::new().route(path, get(move || async move { page(status, "application/json", body.to_string()) }));
        assert_eq!(failed(&verify(router, Family::Health).await), expected, "{path}");
    }
    let empty = Router::new().route("/health", get(|| async { "" }));
    assert_healthy(&verify(empty, Family::Health).await);
}

#[tokio::test]
async fn the_expected_tier_comes_from_the_caller_or_the_manifest() {
    let says = |tier: &str| ours(200, but("environment", json!(tier)));
    let preview = target(says("preview")).only(&[Family::Health]).tier(Tier::Preview).build().unwrap();
    assert_eq!(verdict(&preview.run().await, "health-tier"), "pass");
    assert_eq!(verdict(&promised(says("preview")).await, "health-tier"), "fail");
    assert_eq!(verdict(&promised(says("blue")).await, "health-tier"), "inconclusive");
}

#[tokio::test]
async fn a_page_for_every_path_or_a_refusal_is_not_a_health_check() {
    for (status, body) in
        [(200, "{}"), (200, "<html>"), (204, ""), (301, ""), (401, "{}"), (403, ""), (404, ""), (500, "{}")]
    {
        let verification =
            verify(always(move || page(status, "text/html", body).into_response()), Family::Health).await;
        for check in ["health-works", "health-honest", "health-contract", "health-own-answer", "health-head"] {
            assert_eq!(verdict(&verification, check), "inconclusive", "{status} {check}");
        }
    }
}
