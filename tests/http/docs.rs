//! API documentation is hidden in Preview and Production.

use axum::{Router, routing::get as at};
use hardened::{Loaded, Loader, rule};

use super::server::{get, load, serve, settings};

fn router() -> Router {
    let page = || at(|| async { "the page" });
    Router::new()
        .route("/docs", page())
        .route("/docs/{*rest}", page())
        .route("/openapi.json", page())
        .route("/internal", page())
        .route("/documents", page())
        .fallback(|| async { "the fallback" })
}

#[tokio::test]
async fn documentation_is_not_there_in_preview_and_production() {
    for tier in ["preview", "production"] {
        let address = serve(router().layer(settings(tier).layer())).await;
        for path in [
            "/docs",
            "/docs/",
            "/docs/a/b",
            "/openapi.json",
            "/Docs",
            "/%64ocs",
            "//docs",
            "/x/../docs",
            "/docs/..",
            "/docs/%2e%2e",
            "/docs/x/../..",
            "/docs/..;/x",
            "/docs%2f..%2fx",
            "/docs\\..",
            "/redoc",
            "/swagger-ui/index.html",
            "/swagger-ui.html",
            "/v3/api-docs",
            "/v3/api-docs/swagger-config",
            "/api/docs",
            "/api-doc/openapi.json",
            "/openapi/v1.json",
            "/documentation/json",
        ] {
            let answer = get(address, path).await;
            assert_eq!((answer.status, answer.body.as_str()), (404, ""), "{tier} {path}");
        }
        for path in ["/documents", "/api", "/v3/users", "/api/documents", "/files/docs"] {
            assert_eq!(get(address, path).await.status, 200, "{tier} {path}");
        }
    }
}

#[tokio::test]
async fn a_hidden_path_looks_like_one_that_does_not_exist() {
    let bare = Router::new().route("/", at(|| async { "fine" }));
    let address = serve(bare.layer(settings("production").layer())).await;
    let (hidden, absent) = (get(address, "/docs").await, get(address, "/absent").await);
    assert_eq!(hidden.status, absent.status);
    assert_eq!(hidden.body, absent.body);
    assert_eq!(hidden.header("content-type"), absent.header("content-type"));
}

#[tokio::test]
async fn documentation_is_shown_in_development_and_its_pages_may_load_scripts() {
    for tier in ["development", "test"] {
        let address = serve(router().layer(settings(tier).layer())).await;
        let answer = get(address, "/docs/index.html").await;
        assert_eq!((answer.status, answer.body.as_str()), (200, "the page"), "{tier}");
        assert_eq!(answer.header("content-security-policy"), None);
        assert!(get(address, "/documents").await.header("content-security-policy").is_some());
    }
}

#[tokio::test]
async fn a_waiver_shows_all_documentation_or_one_path_and_is_in_the_report() {
    for (subject, shown) in [("http", ["/docs", "/openapi.json"].as_slice()), ("/docs", &["/docs"])] {
        let loader = Loader::new().waive(rule::DOCS_PUBLIC, subject, "the interface is for the public");
        let settings = load(loader, &[("ENVIRONMENT", "production")]);
        assert!(Loaded::report(&settings).waivers()[0].is_used(), "{subject}");
        let address = serve(router().layer(settings.layer())).await;
        for path in ["/docs", "/openapi.json"] {
            let expected = if shown.contains(&path) { 200 } else { 404 };
            assert_eq!(get(address, path).await.status, expected, "{subject} {path}");
        }
    }
}

#[tokio::test]
async fn a_service_adds_paths_of_its_own() {
    for (tier, status) in [("production", 404), ("development", 200)] {
        let address = serve(router().layer(settings(tier).layer().docs_path("/internal"))).await;
        assert_eq!(get(address, "/internal").await.status, status, "{tier}");
    }
}
