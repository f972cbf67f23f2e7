//! Whether the target can be reached, and what is known of it then.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use axum::{Router, http::StatusCode, routing::get};
use hardened_verify::{Verification, Verifier};

async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

async fn verify(router: Router) -> Verification {
    let url = serve(router).await;
    Verifier::builder(&url).unwrap().build().unwrap().run().await
}

fn verdict<'a>(verification: &'a Verification, id: &str) -> Vec<&'a str> {
    let of_check = verification.outcomes().iter().filter(|outcome| outcome.check().id() == id);
    of_check.map(|outcome| outcome.verdict().name()).collect()
}

#[tokio::test]
async fn documentation_is_said_to_be_hidden_only_where_another_path_answers() {
    let healthy = Router::new().route("/health", get(|| async { "ok" }));
    let verification = verify(healthy).await;
    assert_eq!(verdict(&verification, "docs-hidden"), ["pass"; 6], "{verification:#?}");
    let refuses_all = Router::new().fallback(|| async { StatusCode::UNAUTHORIZED });
    assert_eq!(verdict(&verify(refuses_all).await, "docs-hidden"), ["inconclusive"]);
}

#[tokio::test]
async fn a_service_in_the_process_is_verified_without_a_socket() {
    let service = Router::new().route("/health", get(|| async { "ok" })).route("/docs", get(|| async { "swagger" }));
    let verifier = Verifier::in_process::<_, axum::body::Body, _>(service, "https://api.example.com").unwrap();
    let verification = verifier.build().unwrap().run().await;
    assert!(verdict(&verification, "docs-hidden").contains(&"fail"), "{verification:#?}");
    assert_eq!(verification.exit_status(), 1);
}

#[tokio::test]
async fn a_plan_names_every_request_and_sends_none() {
    let plan = Verifier::builder("https://api.invalid").unwrap().build().unwrap().plan().await;
    assert!(plan.iter().any(|(_, sent)| sent.path == "/docs"), "{plan:#?}");
}
