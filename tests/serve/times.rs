//! Timeouts: requests that take too long are ended, and slow but legitimate ones are not.

use std::sync::Arc;

use super::running::{Running, Seen, app, until};

/// Clients that send nothing, part of a head, empty lines, or an incomplete later request.
#[tokio::test]
async fn a_head_that_does_not_arrive_ends_the_connection() {
    let running = Running::start(app(&Arc::default()), &[("HTTP_HEADER_TIMEOUT", "1s")]).await;
    let mut clients = Vec::new();
    let mut client = running.connect().await;
    client.get("/").await;
    client.answer("hello").await;
    client.send("GET / HTTP/1.1\r\n").await;
    clients.push((client, "a later one"));
    for begin in
        ["", "G", "GET / HTTP/1.1\r\nHost: a.example\r\n", "GET / HTTP/1.1\r\nX: ", "\r\n\r\n", "PRI * HTTP/2.0\r\n"]
    {
        let mut client = running.connect().await;
        client.send(begin).await;
        clients.push((client, begin));
    }
    for (mut client, begin) in clients {
        assert_eq!(client.rest().await, "", "{begin:?}");
    }
}

#[tokio::test]
async fn dripping_a_head_byte_by_byte_does_not_prolong_its_time() {
    let running = Running::start(app(&Arc::default()), &[("HTTP_HEADER_TIMEOUT", "300ms")]).await;
    let mut client = running.connect().await;
    client.send("GET / HTTP/1.1\r\nHost: a.example\r\nX-Slow: ").await;
    let (mut reader, mut writer) = client.0.into_split();
    let dripping = tokio::spawn(async move {
        use tokio::io::AsyncWriteExt as _;
        while writer.write_all(b"x").await.is_ok() {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    });
    let mut rest = Vec::new();
    let read = super::running::within(tokio::io::AsyncReadExt::read_to_end(&mut reader, &mut rest)).await;
    assert!(rest.is_empty(), "{read:?}");
    super::running::within(dripping).await.unwrap();
}

#[tokio::test]
async fn an_idle_connection_is_kept_for_its_time_and_then_closed() {
    let limits = [("HTTP_IDLE_TIMEOUT", "2s"), ("HTTP_HEADER_TIMEOUT", "1s")];
    let running = Running::start(app(&Arc::default()), &limits).await;
    let mut client = running.connect().await;
    for _ in 0..3 {
        client.get("/").await;
        client.answer("hello").await;
    }
    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn a_connection_that_is_never_idle_ends_with_its_longest_life_and_loses_no_request() {
    let running = Running::start(app(&Arc::default()), &[("HTTP_CONNECTION_AGE", "200ms")]).await;
    let mut client = running.connect().await;
    loop {
        client.get("/").await;
        if client.answer("hello").await.contains("\r\nconnection: close\r\n") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn a_handler_that_never_ends_is_ended_and_its_place_is_free_again() {
    let seen = Arc::<Seen>::default();
    let limits = [("HTTP_REQUEST_TIMEOUT", "100ms"), ("HTTP_MAX_REQUESTS", "1")];
    let running = Running::start(app(&seen), &limits).await;
    for number in 1..=3 {
        let mut client = running.connect().await;
        client.get("/never").await;
        let answer = client.read_until("}").await;
        assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
        assert!(answer.ends_with(r#"{"type":"about:blank","title":"Service Unavailable","status":503}"#), "{answer}");
        until(|| seen.dropped.get() == number).await;
        // The connection can still be used.
        client.get("/").await;
        client.answer("hello").await;
    }
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_answered_with_408() {
    let seen = Arc::<Seen>::default();
    let running = Running::start(app(&seen), &[("HTTP_BODY_TIMEOUT", "200ms")]).await;
    for body in ["Content-Length: 10\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"] {
        let mut client = running.connect().await;
        client.send(format!("POST /echo HTTP/1.1\r\nHost: a.example\r\n{body}")).await;
        let answer = client.rest().await;
        assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    }
    assert_eq!(seen.begun.get(), 0);
}

/// A timeout between two reads would never expire here.
#[tokio::test]
async fn a_body_that_arrives_byte_by_byte_is_answered_with_408_too() {
    let running = Running::start(app(&Arc::default()), &[("HTTP_BODY_TIMEOUT", "300ms")]).await;
    let mut client = running.connect().await;
    client.send("POST /echo HTTP/1.1\r\nHost: a.example\r\nContent-Length: 100000\r\n\r\n").await;
    let (mut reader, mut writer) = client.0.into_split();
    let dripping = tokio::spawn(async move {
        use tokio::io::AsyncWriteExt as _;
        while writer.write_all(b"x").await.is_ok() {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    });
    let mut start = [0; 13];
    super::running::within(tokio::io::AsyncReadExt::read_exact(&mut reader, &mut start)).await.unwrap();
    assert_eq!(&start, b"HTTP/1.1 408 ");
    drop(reader);
    super::running::within(dripping).await.unwrap();
}

#[tokio::test]
async fn an_upload_that_gets_on_may_take_longer_than_a_request() {
    let limits = [("HTTP_REQUEST_TIMEOUT", "1s"), ("HTTP_BODY_TIMEOUT", "10m")];
    let running = Running::start(app(&Arc::default()), &limits).await;
    let mut client = running.connect().await;
    client.send("POST /echo HTTP/1.1\r\nHost: a.example\r\nContent-Length: 8\r\n\r\n").await;
    for letter in ["a", "b", "c", "d", "e", "f", "g", "h"] {
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        client.send(letter).await;
    }
    assert!(client.answer("abcdefgh").await.starts_with("HTTP/1.1 200 "));
}

#[tokio::test]
async fn a_client_that_does_not_read_is_cut_off() {
    let seen = Arc::<Seen>::default();
    let running = Running::start(app(&seen), &[("HTTP_BODY_TIMEOUT", "300ms")]).await;
    let mut client = running.connect().await;
    client.get("/endless").await;
    client.read_until("xxxx").await;
    until(|| seen.dropped.get() == 1).await;
    client.rest().await;
    assert!(running.is_alive().await);
}
