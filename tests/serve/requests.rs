//! Requests that are too large or too many.

use std::sync::Arc;

use super::{
    running::{Running, Seen, app, until},
    server::exchange,
};

#[tokio::test]
async fn a_body_is_accepted_up_to_its_limit_and_refused_beyond_it_with_and_without_a_length() {
    let seen = Arc::<Seen>::default();
    let running = Running::start(app(&seen), &[("HTTP_MAX_BODY_BYTES", "10")]).await;
    let mut reached = 0;
    for (body, status) in [
        ("Content-Length: 10\r\n\r\n0123456789", 200),
        ("Content-Length: 11\r\n\r\n0123456789a", 413),
        // Refused without waiting for the body.
        ("Content-Length: 11\r\n\r\n", 413),
        ("Content-Length: 9999999999\r\n\r\n", 413),
        ("Expect: 100-continue\r\nContent-Length: 11\r\n\r\n", 413),
        ("Transfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\n\r\n", 200),
        ("Transfer-Encoding: chunked\r\n\r\nb\r\n0123456789a\r\n0\r\n\r\n", 413),
        ("Transfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n1\r\na\r\n", 413),
    ] {
        let request = format!("POST /echo HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n{body}");
        let answer = exchange(running.address, &request).await;
        assert_eq!(answer.status, status, "{body}");
        reached += usize::from(status == 200);
        assert_eq!(seen.begun.get(), reached, "{body}");
    }
}

#[tokio::test]
async fn headers_are_accepted_up_to_their_limits_and_refused_beyond_them() {
    let limits = [("HTTP_MAX_HEADERS", "12"), ("HTTP_MAX_HEADER_BYTES", "8192")];
    let running = Running::start(app(&Arc::default()), &limits).await;
    let start = "GET / HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n";
    let bytes = |total: usize| format!("X: {}\r\n", "x".repeat(total - start.len() - "X: \r\n\r\n".len()));
    for (headers, status) in
        [("X: x\r\n".repeat(10), 200), ("X: x\r\n".repeat(11), 431), (bytes(8192), 200), (bytes(8193), 431)]
    {
        let answer = exchange(running.address, &format!("{start}{headers}\r\n")).await;
        assert_eq!(answer.status, status, "{} bytes", headers.len());
    }
}

#[tokio::test]
async fn a_request_of_http_1_1_names_exactly_one_host() {
    let running = Running::start(app(&Arc::default()), &[]).await;
    for (request, status) in [
        ("GET / HTTP/1.1\r\nHost: a.example\r\n", 200),
        ("GET / HTTP/1.1\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a.example\r\nHost: b.example\r\n", 400),
        ("GET / HTTP/1.0\r\n", 200),
        ("GET http://a.example/ HTTP/1.1\r\nHost: a.example\r\n", 200),
        ("GET http://a.example/ HTTP/1.1\r\n", 400),
    ] {
        let answer = exchange(running.address, &format!("{request}Connection: close\r\n\r\n")).await;
        assert_eq!(answer.status, status, "{request}");
    }
}

#[tokio::test]
async fn requests_beyond_the_limit_get_503_and_health_checks_are_answered() {
    let seen = Arc::<Seen>::default();
    let running = Running::start(app(&seen), &[("HTTP_MAX_REQUESTS", "2")]).await;
    let (mut first, mut second) = (running.connect().await, running.connect().await);
    first.get("/never").await;
    second.get("/never").await;
    until(|| seen.begun.get() == 2).await;
    for _ in 0..20 {
        let mut client = running.connect().await;
        // The connection stays open, as a proxy needs.
        for _ in 0..2 {
            client.get("/").await;
            let answer = client.read_until("}").await;
            assert!(answer.starts_with("HTTP/1.1 503 ") && answer.contains("\r\nretry-after: 1\r\n"), "{answer}");
        }
        assert!(running.is_alive().await);
    }
    drop(first);
    until(|| seen.dropped.get() == 1).await;
    assert_eq!(super::server::get(running.address, "/").await.status, 200);
}

#[tokio::test]
async fn a_panic_is_answered_and_the_connection_goes_on() {
    let running = Running::start(app(&Arc::default()), &[]).await;
    let mut client = running.connect().await;
    client.get("/panic").await;
    let answer = client.read_until("}").await;
    assert!(answer.starts_with("HTTP/1.1 500 ") && !answer.contains("on purpose"), "{answer}");
    client.get("/").await;
    client.answer("hello").await;
}
