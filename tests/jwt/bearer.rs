//! The axum extractor for bearer tokens.

use axum::{Router, routing::get as route};
use hardened::auth::Bearer;
use serde_json::{Value, json};

use super::{
    logs::Log,
    server::{Answer, exchange, serve},
    token::{at, jwt, usual},
};

#[derive(serde::Deserialize)]
struct Claims {
    sub: String,
}

async fn greet(Bearer(claims): Bearer<Claims>) -> String {
    format!("hello, {}", claims.sub)
}

async fn ask(headers: &str) -> Answer {
    let router = Router::new().route("/", route(greet)).with_state(jwt(&[]).verifier());
    let request = format!("GET / HTTP/1.1\r\nHost: x\r\n{headers}Connection: close\r\n\r\n");
    exchange(serve(router).await, &request).await
}

fn token() -> String {
    usual(&json!({"sub": "alice", "exp": at(600)}))
}

#[tokio::test]
async fn a_request_with_an_acceptable_token_reaches_the_handler() {
    for scheme in ["Bearer", "bearer", "BEARER", "Bearer  "] {
        let answer = ask(&format!("Authorization: {scheme} {}\r\n", token())).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, "hello, alice"), "{scheme}");
    }
}

#[tokio::test]
async fn every_other_request_gets_401_without_detail() {
    let (token, expired) = (token(), usual(&json!({"sub": "alice", "exp": at(-600)})));
    for headers in [
        String::new(),
        "Authorization:\r\n".to_owned(),
        "Authorization: Bearer\r\n".to_owned(),
        "Authorization: Bearer \r\n".to_owned(),
        format!("Authorization: {token}\r\n"),
        format!("Authorization: Basic {token}\r\n"),
        format!("Authorization: Bearer{token}\r\n"),
        format!("Authorization: Bearer {token} {token}\r\n"),
        format!("Authorization: Bearer {token},\r\n"),
        format!("Authorization: Bearer {token}\r\nAuthorization: Bearer {token}\r\n"),
        format!("Authorization: Bearer {expired}\r\n"),
        "Authorization: Bearer é.é.é\r\n".to_owned(),
        format!("Authorization: Bearer {}\r\n", usual(&json!({"sub": 7, "exp": at(600)}))),
        format!("Cookie: token={token}\r\n"),
    ] {
        let answer = ask(&headers).await;
        assert_eq!((answer.status, answer.body.as_str()), (401, ""), "{headers}");
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"), "{headers}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{headers}");
    }
}

#[tokio::test]
async fn the_log_says_why_and_shows_no_token() {
    let log = Log::default();
    let _guard = log.collect();
    let expired = usual(&json!({"sub": "alice", "exp": at(-600)}));
    assert_eq!(ask(&format!("Authorization: Bearer {expired}\r\n")).await.status, 401);
    assert!(log.text().contains("reason=\"expired\""), "{}", log.text());
    let parts: Vec<&str> = expired.split('.').collect();
    assert!(!log.text().contains(parts[2]), "{}", log.text());
}

#[test]
fn a_verifier_reads_the_header_without_axum() {
    let verifier = jwt(&[]).verifier();
    let claims: Value = verifier.verify_authorization(format!("Bearer {}", token()).as_bytes()).unwrap();
    assert_eq!(claims["sub"], "alice");
    assert!(verifier.verify_authorization::<Value>(b"Bearer \xFF.\xFF.\xFF").is_err());
}
