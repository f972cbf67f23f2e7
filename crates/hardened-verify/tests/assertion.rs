//! `assert_verified!`, as a service uses it in its own tests.

use axum::{Router, body::Body, http::StatusCode, routing::get};
use hardened_verify::{Builder, Error, Family, Verifier, assert_verified};

fn verifier(router: Router) -> Result<Builder, Error> {
    let builder = Verifier::in_process::<_, Body, _>(router, "https://api.example.com")?;
    Ok(builder.only(&[Family::Reach, Family::Docs]))
}

#[tokio::test]
async fn a_healthy_service_is_verified_in_process() {
    let router = Router::new().route("/health", get(|| async { "ok" }));
    let verification = assert_verified!(verifier(router));
    assert!(verification.count("pass") > 0);
}

#[tokio::test]
async fn a_service_that_shows_documentation_or_refuses_everything_fails() {
    let shows = Router::new()
        .route("/health", get(|| async { "ok" }))
        .route("/docs", get(|| async { "<!doctype html><title>Swagger UI</title><div id=\"swagger-ui\"></div>" }));
    let refuses = Router::new().fallback(|| async { StatusCode::UNAUTHORIZED });
    for (router, expected) in [(shows, "docs-hidden"), (refuses, "inconclusive")] {
        let ended = tokio::spawn(async move { assert_verified!(verifier(router)) }).await;
        let panic = ended.unwrap_err().into_panic();
        let report = panic.downcast_ref::<String>().unwrap();
        assert!(report.contains(expected), "{report}");
    }
}
