//! The bodies of error responses are replaced in Preview and Production.

use axum::{
    Router,
    http::{HeaderName, StatusCode},
    response::IntoResponse,
    routing::get as at,
};
use hardened::{Loaded, Loader, layers::KeepBody, rule};
use serde_json::Value;

use super::{
    logs::Log,
    server::{Answer, get, load, serve, settings},
};

const SECRET: &str = "connection to postgres://app:hunter2@db/app failed";

fn router() -> Router {
    let failing = |status| at(move || async move { (status, [("retry-after", "7"), ("x-kept", "yes")], SECRET) });
    Router::new()
        .route("/500", failing(StatusCode::INTERNAL_SERVER_ERROR))
        .route("/503", failing(StatusCode::SERVICE_UNAVAILABLE))
        .route("/400", failing(StatusCode::BAD_REQUEST))
        .route("/599", failing(StatusCode::from_u16(599).unwrap()))
        .route("/encoded", at(encoded))
        .route("/kept", at(|| async { (StatusCode::SERVICE_UNAVAILABLE, axum::Extension(KeepBody), "back at ten") }))
        .route("/panic", at(panicking))
        .route("/empty", at(|| async { StatusCode::BAD_GATEWAY }))
}

async fn encoded() -> impl IntoResponse {
    let headers = ["content-encoding", "etag", "content-disposition", "content-language", "server-timing", "digest"]
        .map(|name| (HeaderName::from_static(name), "x"));
    (StatusCode::INTERNAL_SERVER_ERROR, axum::response::AppendHeaders(headers), SECRET)
}

async fn panicking() -> &'static str {
    if SECRET.is_empty() { "" } else { panic!("{SECRET}") }
}

#[track_caller]
fn assert_is_problem(answer: &Answer, status: u16) -> String {
    assert_eq!(answer.status, status);
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    assert_eq!(answer.header("content-length"), Some(answer.body.len().to_string().as_str()));
    let document: Value = serde_json::from_str(&answer.body).unwrap();
    let mut members: Vec<_> = document.as_object().unwrap().keys().map(String::as_str).collect();
    members.sort_unstable();
    assert_eq!(members, ["id", "instance", "status", "title", "type"]);
    assert_eq!(document["status"], status);
    assert_eq!(document["type"], "about:blank");
    let id = document["id"].as_str().unwrap().to_owned();
    assert_eq!(document["instance"], format!("urn:uuid:{id}"));
    id
}

#[tokio::test]
async fn the_text_of_an_error_stays_inside_in_preview_and_production() {
    for tier in ["preview", "production"] {
        let address = serve(router().layer(settings(tier).layer())).await;
        for status in [500, 503, 599] {
            let answer = get(address, &format!("/{status}")).await;
            assert_is_problem(&answer, status);
            assert!(!answer.body.contains("hunter2"));
            assert_eq!(answer.header("retry-after"), Some("7"));
            assert_eq!(answer.header("x-kept"), Some("yes"));
        }
    }
}

#[tokio::test]
async fn other_responses_are_as_the_service_gave_them() {
    let address = serve(router().layer(settings("production").layer())).await;
    let answer = get(address, "/400").await;
    assert_eq!((answer.status, answer.body.as_str()), (400, SECRET));
    let answer = get(address, "/kept").await;
    assert_eq!((answer.status, answer.body.as_str()), (503, "back at ten"));
    assert_is_problem(&get(address, "/empty").await, 502);
}

#[tokio::test]
async fn a_developer_sees_the_text_of_an_error() {
    let address = serve(router().layer(settings("development").layer())).await;
    let answer = get(address, "/500").await;
    assert_eq!((answer.status, answer.body.as_str()), (500, SECRET));
}

#[tokio::test]
async fn a_waiver_lets_the_text_of_errors_out_and_is_in_the_report() {
    let loader = Loader::new().waive(rule::HTTP_ERROR_BODY, "http", "an internal tool");
    let settings = load(loader, &[("ENVIRONMENT", "production")]);
    assert!(Loaded::report(&settings).waivers()[0].is_used());
    assert_eq!(get(serve(router().layer(settings.layer())).await, "/500").await.body, SECRET);
}

#[tokio::test]
async fn headers_that_described_the_old_body_are_gone() {
    let address = serve(router().layer(settings("production").layer())).await;
    let answer = get(address, "/encoded").await;
    assert_is_problem(&answer, 500);
    for name in ["content-encoding", "etag", "content-disposition", "content-language", "server-timing", "digest"] {
        assert_eq!(answer.header(name), None, "{name}");
    }
}

#[tokio::test]
async fn the_log_has_the_identifier_and_neither_the_text_nor_the_query() {
    let log = Log::default();
    let _guard = log.collect();
    let address = serve(router().layer(settings("production").layer())).await;
    let id = assert_is_problem(&get(address, "/500?token=hunter3").await, 500);
    let line = log.text().lines().find(|line| line.contains(&id)).unwrap_or_default().to_owned();
    for part in ["ERROR", "status=500", "method=GET", "path=\"/500\""] {
        assert!(line.contains(part), "{part}: {}", log.text());
    }
    assert!(!log.text().contains("hunter"), "{}", log.text());
}

#[tokio::test]
async fn a_service_can_ask_that_replaced_bodies_are_logged() {
    let log = Log::default();
    let _guard = log.collect();
    let address = serve(router().layer(settings("production").layer().log_replaced_bodies())).await;
    let id = assert_is_problem(&get(address, "/500").await, 500);
    assert!(log.text().lines().any(|line| line.contains(&id) && line.contains(SECRET)), "{}", log.text());
}

#[tokio::test]
async fn a_panic_is_answered_in_every_tier_and_the_service_goes_on() {
    for tier in ["production", "development"] {
        let log = Log::default();
        let _guard = log.collect();
        let address = serve(router().layer(settings(tier).layer())).await;
        for _ in 0..2 {
            let answer = get(address, "/panic").await;
            let id = assert_is_problem(&answer, 500);
            assert!(log.text().contains(&id), "{tier}");
            assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{tier}");
        }
        assert!(!log.text().contains("hunter2"), "{tier}");
    }
}

#[tokio::test]
async fn every_error_has_an_identifier_of_its_own() {
    let address = serve(router().layer(settings("production").layer())).await;
    let (one, other) = (get(address, "/500").await, get(address, "/500").await);
    assert_ne!(assert_is_problem(&one, 500), assert_is_problem(&other, 500));
}
