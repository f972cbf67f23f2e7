//! Health checks of a service without a database.

use hardened::{
    Tier,
    health::{Health, ProbeError},
};
use http::Request;
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

async fn ask(health: &Health, accept: &str) -> (u16, Value) {
    let request = Request::get("/health").header("accept", accept).body(()).unwrap();
    let response = health.healthz().oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&body).unwrap())
}

#[tokio::test]
async fn a_service_without_a_database_is_healthy_and_does_not_mention_one() {
    let health = Health::without_database(Tier::Production).build();
    let (status, document) = ask(&health, "*/*").await;
    assert_eq!((status, &document["status"], document.get("database")), (200, &"ok".into(), None));
    let (status, document) = ask(&health, "application/health+json").await;
    assert_eq!((status, &document["status"], &document["checks"]), (200, &"pass".into(), &serde_json::json!({})));
}

#[tokio::test]
async fn an_optional_dependency_of_a_service_without_a_database_is_checked() {
    let health =
        Health::without_database(Tier::Production).optional("mail", async || Err::<(), _>(ProbeError::Refused)).build();
    let (status, document) = ask(&health, "*/*").await;
    assert_eq!((status, &document["status"], &document["checks"]["mail"]), (200, &"warn".into(), &"refused".into()));
}
