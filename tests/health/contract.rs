//! The responses of the health endpoints: status, document, content type and methods.

use hardened::{
    Loaded, Tier,
    health::{Health, ProbeError},
};
use serde_json::Value;

use super::{
    router,
    server::{Answer, exchange, get, serve},
};

const ERRORS: [ProbeError; 6] = [
    ProbeError::Timeout,
    ProbeError::Refused,
    ProbeError::Auth,
    ProbeError::Tls,
    ProbeError::PoolExhausted,
    ProbeError::Failed,
];

fn works() -> std::future::Ready<Result<(), ProbeError>> {
    std::future::ready(Ok(()))
}

#[track_caller]
fn document(answer: &Answer) -> Value {
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.header("content-length"), Some(answer.body.len().to_string().as_str()));
    serde_json::from_str(&answer.body).unwrap()
}

#[track_caller]
fn assert_is_timestamp(value: &Value) {
    let text = value.as_str().unwrap();
    let form: String = text.chars().map(|symbol| if symbol.is_ascii_digit() { '0' } else { symbol }).collect();
    assert_eq!(form, "0000-00-00T00:00:00.000Z", "{text}");
    assert!(text > "2026", "{text}");
}

#[tokio::test]
async fn a_healthy_service_answers_with_four_members() {
    for tier in Tier::ALL {
        let answer = get(serve(router(&Health::new(tier, works))).await, "/health").await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), Some("application/json"));
        let mut document = document(&answer);
        assert_is_timestamp(&document.as_object_mut().unwrap().remove("timestamp").unwrap());
        assert_eq!(document, serde_json::json!({"status": "ok", "database": "connected", "environment": tier.name()}));
    }
}

#[tokio::test]
async fn an_unhealthy_service_answers_503_with_a_code_and_no_text_of_a_driver() {
    for error in ERRORS {
        let probe = move || std::future::ready(Err(error));
        let answer = get(serve(router(&Health::new(Tier::Production, probe))).await, "/health").await;
        assert_eq!(answer.status, 503);
        let mut document = document(&answer);
        assert_is_timestamp(&document.as_object_mut().unwrap().remove("timestamp").unwrap());
        let expected = serde_json::json!({
            "status": "unhealthy", "database": "disconnected", "environment": "production", "error": error.code(),
        });
        assert_eq!(document, expected);
    }
}

#[tokio::test]
async fn a_failure_of_an_optional_dependency_is_a_warning_with_200() {
    let health = Health::builder(Tier::Production, works)
        .optional("cache", || std::future::ready(Err(ProbeError::Refused)))
        .optional("mail", works)
        .build();
    let answer = get(serve(router(&health)).await, "/health").await;
    assert_eq!(answer.status, 200);
    let document = document(&answer);
    assert_eq!(document["status"], "warn");
    assert_eq!(document["database"], "connected");
    assert_eq!(document["checks"], serde_json::json!({"cache": "refused", "mail": "ok"}));
}

#[tokio::test]
async fn a_client_that_accepts_the_standard_form_gets_it() {
    let health =
        Health::builder(Tier::Production, || std::future::ready(Err(ProbeError::Tls))).optional("cache", works).build();
    let address = serve(router(&health)).await;
    for (accept, standard) in [
        ("application/health+json", true),
        ("text/html, Application/Health+JSON;q=0.5", true),
        ("application/health+json;q=0", false),
        ("application/json", false),
        ("*/*", false),
        ("application/*", false),
    ] {
        let request = format!("GET /health HTTP/1.1\r\nHost: x\r\nAccept: {accept}\r\nConnection: close\r\n\r\n");
        let answer = exchange(address, &request).await;
        let expected = if standard { "application/health+json" } else { "application/json" };
        assert_eq!(answer.header("content-type"), Some(expected), "{accept}");
        assert_eq!(answer.status, 503);
        let document = document(&answer);
        if standard {
            assert_eq!(document["status"], "fail");
            assert_eq!(document["checks"]["database"][0]["output"], "tls");
            assert_eq!(document["checks"]["database"][0]["status"], "fail");
            assert_eq!(document["checks"]["cache"][0]["status"], "pass");
            assert_is_timestamp(&document["checks"]["cache"][0]["time"]);
        }
    }
}

#[tokio::test]
async fn only_get_and_head_are_answered() {
    let address = serve(router(&Health::new(Tier::Production, works))).await;
    for (method, status) in [("GET", 200), ("HEAD", 200), ("POST", 405), ("DELETE", 405), ("OPTIONS", 405)] {
        let answer =
            exchange(address, &format!("{method} /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).await;
        assert_eq!(answer.status, status, "{method}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{method}");
        assert_eq!(answer.header("allow"), (status == 405).then_some("GET, HEAD"), "{method}");
        assert_eq!(answer.body.is_empty(), method != "GET", "{method}");
    }
}

#[cfg(feature = "http")]
#[tokio::test]
async fn the_layer_for_errors_leaves_the_document_alone() {
    let settings = super::server::settings("production");
    let health = Health::new(Loaded::tier(&settings), || std::future::ready(Err(ProbeError::Auth)));
    let answer = get(serve(router(&health).layer(settings.layer())).await, "/health").await;
    assert_eq!(answer.status, 503);
    assert_eq!(document(&answer)["error"], "auth");
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
}
