//! Whether the target can be reached, and how it responds to missing paths.

use crate::common::{always, failed, page, serve, small, target, verdict, verify};
use axum::{http::StatusCode, response::IntoResponse as _, routing::get};
use hardened_verify::{Family, Verifier};

#[tokio::test]
async fn a_service_on_a_socket_is_reached() {
    let url = serve(small()).await;
    let verification = Verifier::builder(&url).unwrap().only(&[Family::Reach]).build().unwrap().run().await;
    assert_eq!(verdict(&verification, "reach-answers"), "pass");
    assert_eq!(verdict(&verification, "reach-missing-path"), "pass");
}

#[tokio::test]
async fn a_service_that_is_not_there_is_unreachable() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let verification = Verifier::builder(&url).unwrap().only(&[Family::Reach]).build().unwrap().run().await;
    assert_eq!(failed(&verification), ["reach-answers"]);
}

#[tokio::test]
async fn a_page_for_every_path_is_a_finding() {
    let router = small().fallback(|| async { page(200, "text/html", "<html>") });
    assert_eq!(failed(&verify(router, Family::Reach).await), ["reach-missing-path"]);
    let signs_in = always(|| (StatusCode::FOUND, [("location", "/login")]).into_response());
    assert_eq!(failed(&verify(signs_in, Family::Reach).await), [] as [&str; 0]);
}

#[tokio::test]
async fn an_address_that_redirects_to_another_is_reported_as_an_alias() {
    for (to, is_alias) in [
        ("https://www.example.com/x", true),
        ("http://api.example.com/x", true),
        ("//www.example.com/", true),
        ("https://api.example.com.evil.example/", true),
        ("https://api.example.com/login", false),
        ("/login", false),
    ] {
        let router = always(move || (StatusCode::MOVED_PERMANENTLY, [("location", to)]).into_response());
        let verification = verify(router, Family::Reach).await;
        assert_eq!(verdict(&verification, "reach-missing-path"), "inconclusive");
        assert_eq!(verification.to_string().contains("verify that address"), is_alias, "{to}");
    }
}

#[tokio::test]
async fn an_in_process_service_is_verified_without_a_socket() {
    let viewer = "<html><div id=swagger-ui></div><script src=swagger-ui-bundle.js></script>";
    let service = small().route("/docs", get(move || async move { axum::response::Html(viewer) }));
    let verification = target(service).only(&[Family::Docs]).build().unwrap().run().await;
    assert_eq!(verification.exit_status(), 1);
}

#[tokio::test]
async fn a_plan_names_every_request_and_sends_none() {
    let plan = Verifier::builder("https://api.invalid").unwrap().build().unwrap().plan().await;
    assert!(plan.iter().any(|(_, sent)| sent.path == "/docs"), "{plan:#?}");
}
