//! Exposed files and internal pages are recognized by their content, at every path that is requested.

use crate::common::{always, assert_healthy, failed, page, small, verdict, verify};
use axum::routing::get;
use hardened_verify::Family;

#[tokio::test]
async fn each_exposed_file_is_found_by_its_check() {
    for (path, body, expected) in [
        ("/.env", "DATABASE_URL=postgres://db\nJWT_SECRET_KEY=x\n", "exposure-secrets /.env"),
        ("/.git/HEAD", "ref: refs/heads/main\n", "exposure-secrets /.git/HEAD"),
        ("/config", "{\"database\":{\"password\":\"hunter2\"}}", "exposure-secrets /config"),
        ("/actuator/env", "{\"propertySources\":[]}", "exposure-secrets /actuator/env"),
        ("/metrics", "# HELP a b\n# TYPE a counter\na 1\n", "exposure-inside /metrics"),
        ("/debug/pprof/", "<title>/debug/pprof/</title> goroutine", "exposure-inside /debug/pprof/"),
    ] {
        let router = small().route(path, get(move || async move { body }));
        assert_eq!(failed(&verify(router, Family::Exposure).await), [expected]);
    }
}

#[tokio::test]
async fn a_file_listing_at_the_root_is_found() {
    for body in
        ["<?xml version=\"1.0\"?><ListBucketResult><Name>files</Name></ListBucketResult>", "<title>Index of /</title>"]
    {
        let router = axum::Router::new().route("/", get(move || async move { body }));
        assert_eq!(failed(&verify(router, Family::Exposure).await), ["exposure-inside /"]);
    }
}

#[tokio::test]
async fn other_content_at_a_suspicious_path_is_harmless() {
    assert_healthy(&verify(small(), Family::Exposure).await);
    let router = small()
        .route("/config", get(|| async { axum::Json(serde_json::json!({ "theme": "dark", "password": "***" })) }))
        .route("/.env", get(|| async { "nothing to see" }))
        .route("/metrics", get(|| async { axum::response::Redirect::to("/login") }));
    assert_healthy(&verify(router, Family::Exposure).await);
}

#[tokio::test]
async fn a_service_that_answers_everything_alike_shows_nothing() {
    for status in [200, 204, 301, 400, 401, 403, 404, 500] {
        let answer = move || page(status, "application/json", "{\"status\":\"ok\"}");
        let verification = verify(always(answer), Family::Exposure).await;
        for check in ["exposure-secrets", "exposure-inside"] {
            assert_eq!(verdict(&verification, check), "inconclusive", "{status}");
        }
    }
}

#[tokio::test]
async fn a_larger_budget_requests_more_paths() {
    let asked = |most| async move {
        let verifier = crate::common::target(small()).only(&[Family::Exposure]).max_requests(most).build().unwrap();
        verifier.run().await.sent().get(&Family::Exposure).copied().unwrap_or_default()
    };
    let few = asked(40).await;
    assert!(few < Family::Exposure.budget(), "{few}");
    // The budget that the other families did not use is available as well.
    assert!(asked(160).await > 2 * Family::Exposure.budget());
}
