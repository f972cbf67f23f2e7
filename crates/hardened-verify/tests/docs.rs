//! Documentation is recognized by the content of a response, however the path is spelled.

use crate::common::{always, assert_healthy, failed, manifest, page, path, small, target, verdict, verify};
use axum::{Router, extract::Request, middleware::Next, response::Response, routing::get};
use hardened_verify::Family;

const SWAGGER: &str = "<html><div id=\"swagger-ui\"></div><script src=\"./swagger-ui-bundle.js\"></script></html>";

/// Returns a service that shows documentation at exactly this spelling of a path.
fn shows(at: &'static str, media_type: &'static str, body: &'static str) -> Router {
    small().layer(axum::middleware::from_fn(move |request: Request, next: Next| async move {
        if path(&request) == at { page(200, media_type, body) } else { next.run(request).await }
    }))
}

#[tokio::test]
async fn a_service_without_documentation_passes() {
    let verification = verify(small(), Family::Docs).await;
    assert_healthy(&verification);
    assert_eq!(verdict(&verification, "docs-hidden"), "pass");
}

#[tokio::test]
async fn documentation_is_found_at_every_path_and_spelling() {
    for at in ["/docs", "/openapi.json", "/redoc", "/swagger-ui/index.html", "/v3/api-docs"] {
        assert_eq!(failed(&verify(shows(at, "text/html", SWAGGER), Family::Docs).await), [format!("docs-hidden {at}")]);
    }
    for at in ["//docs", "/%64ocs", "/DOCS", "/docs.", "/docs;x", "/docs/"] {
        assert_eq!(failed(&verify(shows(at, "text/html", SWAGGER), Family::Docs).await), [format!("docs-hidden {at}")]);
    }
    let description = shows("/openapi.json", "application/json", "{\"openapi\":\"3.1.0\"}");
    assert_eq!(failed(&verify(description, Family::Docs).await), ["docs-hidden /openapi.json"]);
}

/// A manifest of Development promises documentation at every usual path; a service shows it at one of them.
#[tokio::test]
async fn documentation_that_is_promised_is_looked_for_at_the_promised_paths() {
    let usual = ["/altair", "/api-docs", "/apidocs", "/asyncapi", "/docs", "/openapi.json"];
    for (at, promised, expected) in [
        ("/docs", &usual[..], "pass"),
        ("/openapi.json", &usual[..], "pass"),
        ("/handbook", &["/handbook"], "pass"),
        ("/elsewhere", &usual[..], "skipped"),
        ("/elsewhere", &["/handbook"], "fail"),
        ("/elsewhere", &[], "skipped"),
    ] {
        let mut manifest = manifest();
        promised.iter().for_each(|path| {
            manifest.promises.shown_docs(path);
        });
        let verifier = target(shows(at, "text/html", SWAGGER)).only(&[Family::Docs]).manifest(manifest);
        let verification = verifier.build().unwrap().run().await;
        assert_eq!(verdict(&verification, "docs-shown"), expected, "{at} {promised:?}: {verification}");
    }
}

#[tokio::test]
async fn a_larger_budget_looks_at_more_paths() {
    let verifier = target(shows("/q/swagger-ui", "text/html", SWAGGER)).only(&[Family::Docs]).max_requests(640);
    assert_eq!(failed(&verifier.build().unwrap().run().await), ["docs-hidden /q/swagger-ui"]);
}

#[tokio::test]
async fn a_redirect_to_the_documentation_is_followed() {
    let redirects = || async { axum::response::Redirect::permanent("/docs/index.html") };
    let router = small().route("/docs", get(redirects));
    assert_healthy(&verify(router.clone(), Family::Docs).await);
    let router = router.route("/docs/index.html", get(|| async { axum::response::Html(SWAGGER) }));
    let verification = verify(router, Family::Docs).await;
    assert!(failed(&verification).contains(&"docs-hidden /docs".to_owned()), "{verification}");
}

#[tokio::test]
async fn a_resource_with_the_name_of_documentation_is_data() {
    let router = small().route("/docs", get(|| async { axum::Json(serde_json::json!([{ "title": "contract" }])) }));
    assert_healthy(&verify(router, Family::Docs).await);
}

#[tokio::test]
async fn a_front_end_that_answers_every_path_is_not_documentation() {
    let front_end = || page(200, "text/html", "<!doctype html><title>app</title><div id=root></div>");
    let router = small().fallback(move || async move { front_end() });
    assert_healthy(&verify(router, Family::Docs).await);
    let verification = verify(always(front_end), Family::Docs).await;
    assert_eq!(verdict(&verification, "docs-hidden"), "inconclusive");
}

#[tokio::test]
async fn a_service_that_refuses_everything_does_not_show_that_documentation_is_hidden() {
    for status in [400, 401, 403, 404, 405, 500, 503] {
        let answer = move || -> Response { page(status, "application/json", "{}") };
        assert_eq!(verdict(&verify(always(answer), Family::Docs).await, "docs-hidden"), "inconclusive", "{status}");
    }
}
