//! Tests that bad input gets a status and a sentence of our own, and nothing else.

use serde_json::json;

use crate::{
    harness::{Service, both, json, own_machine},
    server::{Answer, exchange},
};

#[track_caller]
fn assert_is_a_problem(answer: &Answer, status: u16, what: &str) {
    assert_eq!(answer.status, status, "{what}: {answer:?}");
    assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{what}");
    let document = json(answer);
    assert_eq!(document["status"], status, "{what}");
    let members: Vec<_> = document.as_object().unwrap().keys().map(String::as_str).collect();
    assert!(members.iter().all(|name| ["title", "status", "detail"].contains(name)), "{what}: {members:?}");
    let text = answer.body.to_lowercase();
    for word in ["sql", "serde", "panick", "column", "line ", "axum", "rust", "postgres", "constraint", "src/"] {
        assert!(!text.contains(word), "{what}: {word} in {text}");
    }
}

async fn raw(service: &Service, head: &str, token: &str, body: &str) -> Answer {
    let length = body.len();
    let text = format!(
        "{head} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    exchange(service.address, &text).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_cannot_be_understood_is_a_problem_document() {
    for service in both().await {
        let ada = service.user("ada@example.com").await;
        let long = json!({ "title": "x".repeat(1_001) }).to_string();
        let huge = json!({ "title": "x".repeat(20_000) }).to_string();
        for (head, body, status) in [
            ("POST /tasks", "", 400),
            ("POST /tasks", "{", 400),
            ("POST /tasks", "{\"title\":\"a\"} trailing", 400),
            ("POST /tasks", "{}", 422),
            ("POST /tasks", "[]", 422),
            ("POST /tasks", "[\"a\"]", 422),
            ("POST /tasks", "{\"title\":\"a\",\"title\":\"b\"}", 422),
            ("POST /tasks", "{\"title\":7}", 422),
            ("POST /tasks", "{\"title\":\" \"}", 422),
            ("POST /tasks", "{\"title\":\"\\u0000\"}", 422),
            ("POST /tasks", &long, 422),
            ("POST /tasks", &huge, 413),
            ("PUT /tasks", "{}", 405),
            ("GET /nowhere", "", 404),
            ("GET /tasks?after=7", "", 422),
            ("POST /sign-in", "{\"email\":\"a\"}", 422),
        ] {
            assert_is_a_problem(&raw(&service, head, &ada, body).await, status, &format!("{head} {body:.40}"));
        }
    }
}

#[tokio::test]
async fn a_body_of_another_type_and_a_request_without_a_token_are_problem_documents() {
    let service = own_machine().await;
    let head = "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    let form = format!("{head}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=b");
    assert_is_a_problem(&exchange(service.address, &form).await, 415, "a form");
    for token in [None, Some(""), Some("x"), Some("a.b.c")] {
        let answer = service.ask("GET", "/tasks", token, None).await;
        assert_is_a_problem(&answer, 401, "no token");
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
        assert_eq!(json(&answer).get("detail"), None);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_went_away_is_an_error_with_an_identifier_and_without_a_reason() {
    let service = crate::harness::production().await;
    let ada = service.user("ada@example.com").await;
    tokio::task::block_in_place(|| service.postgres.as_ref().unwrap().kill());
    let answer = service.get("/tasks", &ada).await;
    assert_eq!(answer.status, 503);
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    assert!(json(&answer)["id"].is_string(), "{}", answer.body);
    assert!(!answer.body.contains("refused"), "{}", answer.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_outlives_its_user_is_no_token() {
    for service in both().await {
        let token =
            service.settings.jwt.signer().sign(&json!({ "sub": "01890000-0000-7000-8000-000000000000" })).unwrap();
        let answer = service.ask("POST", "/tasks", Some(&token), Some(json!({ "title": "haunt" }))).await;
        assert_is_a_problem(&answer, 401, "nobody's task");
        assert_eq!(service.get("/tasks", &token).await.body, "[]");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hostile_input_is_never_an_error_of_the_server() {
    let service = crate::harness::production().await;
    let ada = service.user("ada@example.com").await;
    let nested = "[".repeat(8_000);
    for body in [
        "null",
        "\"\\ud800\"",
        r#"{"title":1e999999}"#,
        r#"{"title":"a","title":"b"}"#,
        r#"{"title":"\ud800"}"#,
        "{\"title\":\"a\u{0}\"}",
        &nested,
        "\u{feff}{\"title\":\"a\"}",
    ] {
        let answer = raw(&service, "POST /tasks", &ada, body).await;
        assert!((400..500).contains(&answer.status), "{body:.40}: {answer:?}");
    }
    for path in
        ["/tasks/%F0%9F", "/tasks/%", "/tasks/%2F..%2F", "/tasks?after=%FF", "/%00", "/tasks/\u{1f600}", "/tasks//"]
    {
        let answer = service.get(path, &ada).await;
        assert!((400..500).contains(&answer.status), "{path}: {answer:?}");
    }
    // Any other title is stored unchanged.
    for title in ["\u{202e}evil", "e\u{301}", "\u{1f1e8}\u{1f1ed}", "\u{7f}", "\"", "<script>"] {
        let task = service.task(&ada, title).await;
        assert_eq!(json(&service.get(&task, &ada).await)["title"], title);
    }
}

#[tokio::test]
async fn every_answer_has_the_security_headers() {
    let service = own_machine().await;
    for path in ["/health", "/tasks", "/nowhere", "/docs/swagger-initializer.js"] {
        let answer = service.ask("GET", path, None, None).await;
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("x-frame-options"), Some("DENY"), "{path}");
    }
}
