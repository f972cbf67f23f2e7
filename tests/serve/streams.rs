//! Long-lived streams are not cut off: events, upgrades, and streams in both directions.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Request,
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use http_body::Frame;
use http_body_util::BodyExt;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::mpsc;

use super::{
    frames::{DATA, END_HEADERS, HEADERS, frame},
    running::{Running, app},
};

/// Short values for every timeout that could end a stream.
const SHORT: [(&str, &str); 4] = [
    ("HTTP_REQUEST_TIMEOUT", "1s"),
    ("HTTP_BODY_TIMEOUT", "1s"),
    ("HTTP_IDLE_TIMEOUT", "1s"),
    ("HTTP_HEADER_TIMEOUT", "1s"),
];

/// Longer than any of these timeouts.
const LONG: Duration = Duration::from_millis(1500);

/// A body that a channel fills.
struct Channel(mpsc::Receiver<Bytes>);

impl http_body::Body for Channel {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(context).map(|piece| piece.map(|piece| Ok(Frame::data(piece))))
    }
}

fn events() -> Router {
    let handler = || async {
        let (sender, receiver) = mpsc::channel(1);
        tokio::spawn(async move {
            for event in ["one", "two", "three"] {
                tokio::time::sleep(LONG).await;
                let _ = sender.send(Bytes::from_static(event.as_bytes())).await;
            }
        });
        Body::new(Channel(receiver))
    };
    app(&Arc::default()).route("/events", get(handler))
}

#[tokio::test]
async fn events_that_come_late_arrive() {
    let running = Running::start(events(), &SHORT).await;
    let mut client = running.connect().await;
    client.get("/events").await;
    for event in ["one", "two", "three", "\r\n0\r\n\r\n"] {
        client.read_until(event).await;
    }
}

#[tokio::test]
async fn a_body_that_is_answered_before_it_ends_may_be_silent() {
    let echo = |request: Request| async move {
        let (sender, receiver) = mpsc::channel(1);
        let mut body = request.into_body();
        tokio::spawn(async move {
            while let Some(Ok(frame)) = body.frame().await {
                let _ = sender.send(frame.into_data().unwrap_or_default()).await;
            }
        });
        Body::new(Channel(receiver))
    };
    let running = Running::start(Router::new().route("/duplex", post(echo)), &SHORT).await;
    let mut client = running.connect().await;
    client.send("POST /duplex HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n").await;
    client.read_until("\r\n\r\n").await;
    for text in ["one", "two"] {
        tokio::time::sleep(LONG).await;
        client.send(format!("3\r\n{text}\r\n")).await;
        client.read_until(text).await;
    }
    client.send("0\r\n\r\n").await;
    client.read_until("\r\n0\r\n\r\n").await;
}

fn upgrading() -> Router {
    let handler = |mut request: Request| async move {
        let upgrade = hyper::upgrade::on(&mut request);
        tokio::spawn(async move {
            let mut stream = TokioIo::new(upgrade.await.unwrap());
            let mut word = [0; 4];
            while stream.read_exact(&mut word).await.is_ok() {
                stream.write_all(&word).await.unwrap();
            }
        });
        let response = Response::builder().status(StatusCode::SWITCHING_PROTOCOLS);
        response.header("connection", "upgrade").header("upgrade", "words").body(Body::empty()).unwrap()
    };
    Router::new().route("/words", get(handler))
}

const UPGRADE: &str = "GET /words HTTP/1.1\r\nHost: a.example\r\nConnection: upgrade\r\nUpgrade: words\r\n\r\n";

#[tokio::test]
async fn an_upgraded_connection_is_left_alone_and_counts_as_a_connection() {
    let limits = [&SHORT[..], &[("HTTP_MAX_CONNECTIONS", "1")]].concat();
    let running = Running::start(upgrading(), &limits).await;
    let mut client = running.connect().await;
    client.send(UPGRADE).await;
    client.read_until("\r\n\r\n").await;
    for word in ["ping", "pong"] {
        tokio::time::sleep(LONG).await;
        client.send(word).await;
        client.read_until(word).await;
    }
    assert_eq!(super::server::get(running.address, "/").await.status, 503);
}

#[tokio::test]
async fn an_upgraded_connection_is_cut_off_at_the_end_of_the_stop() {
    let running = Running::start(upgrading(), &[("HTTP_STOP_TIMEOUT", "200ms")]).await;
    let mut client = running.connect().await;
    client.send(UPGRADE).await;
    client.read_until("\r\n\r\n").await;
    let error = running.stop().await.unwrap_err();
    assert_eq!(error.cut_off_connections(), 1);
    client.send("last").await;
    client.rest().await;
}

/// A WebSocket over HTTP/2 (RFC 8441), which is one stream of a connection.
#[tokio::test]
async fn an_upgraded_stream_of_http2_is_left_alone_however_silent_or_talkative_it_is() {
    let handler = |mut request: Request| async move {
        let upgrade = hyper::upgrade::on(&mut request);
        tokio::spawn(async move {
            let mut stream = TokioIo::new(upgrade.await.unwrap());
            let mut word = [0; 4];
            while stream.read_exact(&mut word).await.is_ok() {
                if word != *b"skip" {
                    stream.write_all(&word).await.unwrap();
                }
            }
        });
        Body::empty()
    };
    let running = Running::start(Router::new().route("/words", axum::routing::any(handler)), &SHORT).await;
    let mut client = running.connect_http2(&[]).await;
    // Half of the window, because the service returns window once half of it is used.
    let pieces = client.take_window().await / 2 / 16_384 - 1;
    // `:method`, `:scheme`, `:path`, `:authority`, and `:protocol`, which is not in the static table.
    let mut block = vec![0x02, 7];
    block.extend(b"CONNECT\x86\x04\x06/words\x01\x09a.example\x00\x09:protocol\x09websocket");
    client.send(frame(HEADERS, END_HEADERS, 1, &block)).await;
    assert_eq!(client.next(HEADERS).await.status(), 200);
    for word in ["ping", "pong"] {
        tokio::time::sleep(LONG).await;
        client.send(frame(DATA, 0, 1, word.as_bytes())).await;
        assert_eq!(client.next(DATA).await.payload, word.as_bytes());
    }
    for _ in 0..8 {
        for _ in 0..pieces {
            client.send(frame(DATA, 0, 1, &b"skip".repeat(4096))).await;
        }
        client.send(frame(DATA, 0, 1, b"last")).await;
        assert_eq!(client.next(DATA).await.payload, b"last");
    }
}
