//! Response bodies that are streams.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use axum::{Router, body::Body, http::StatusCode, response::Response, routing::get as at};
use bytes::Bytes;
use http_body::Frame;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use super::server::{get, serve, settings};

/// A body that yields one frame and then never ends, and records when it is dropped.
struct Endless {
    first: bool,
    dropped: Arc<AtomicBool>,
}

impl http_body::Body for Endless {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        match std::mem::take(&mut self.first) {
            true => Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b"event: hunter2"))))),
            false => Poll::Pending,
        }
    }
}

impl Drop for Endless {
    fn drop(&mut self) {
        self.dropped.store(true, Ordering::SeqCst);
    }
}

fn router(status: StatusCode, dropped: &Arc<AtomicBool>) -> Router {
    let dropped = Arc::clone(dropped);
    let handler = move || {
        let body = Body::new(Endless { first: true, dropped: Arc::clone(&dropped) });
        async move { Response::builder().status(status).body(body).unwrap() }
    };
    Router::new().route("/", at(handler)).layer(settings("production").layer())
}

#[tokio::test]
async fn a_stream_is_passed_on_piece_by_piece() {
    let address = serve(router(StatusCode::OK, &Arc::default())).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    let mut text = String::new();
    while !text.contains("event: hunter2") {
        let mut piece = [0; 1024];
        let read = timeout(Duration::from_secs(300), stream.read(&mut piece)).await.expect("the piece is held back");
        text.push_str(std::str::from_utf8(&piece[..read.unwrap()]).unwrap());
    }
    assert!(text.to_ascii_lowercase().contains("transfer-encoding: chunked"), "{text}");
}

#[tokio::test]
async fn a_stream_of_an_error_is_dropped_without_waiting_for_it() {
    let dropped = Arc::new(AtomicBool::new(false));
    let address = serve(router(StatusCode::INTERNAL_SERVER_ERROR, &dropped)).await;
    let answer = get(address, "/").await;
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    assert_eq!(answer.header("transfer-encoding"), None);
    assert!(!answer.body.contains("hunter2"));
    assert!(dropped.load(Ordering::SeqCst));
}
