//! The limits of HTTP/2.

use std::sync::Arc;

use axum::{extract::Request, routing::post};
use http_body_util::BodyExt as _;
use tokio::sync::Semaphore;

use super::{
    frames::{
        ACK, DATA, END_HEADERS, END_STREAM, GOAWAY, HEADERS, PING, POST, RST_STREAM, SETTINGS, block, frame, get,
    },
    running::{Running, Seen, app, until},
};

#[tokio::test]
async fn requests_are_answered_and_the_limits_announced() {
    let running = Running::start(app(&Arc::default()), &[("HTTP_H2_STREAMS", "7")]).await;
    let mut client = running.connect_http2(&[]).await;
    let settings = client.next(SETTINGS).await.payload;
    let announced: Vec<_> = settings
        .chunks(6)
        .map(|one| (u16::from_be_bytes([one[0], one[1]]), u32::from_be_bytes(one[2..].try_into().unwrap())))
        .collect();
    // SETTINGS_MAX_CONCURRENT_STREAMS and SETTINGS_MAX_HEADER_LIST_SIZE.
    assert!(announced.contains(&(3, 7)) && announced.contains(&(6, 32_768)), "{announced:?}");
    client.send(get(1, "/")).await;
    assert_eq!(client.next(HEADERS).await.status(), 200);
    assert_eq!(client.next(DATA).await.payload, b"hello");
    client.send(get(3, "/panic")).await;
    assert_eq!(client.next(HEADERS).await.status(), 500);
}

#[tokio::test]
async fn each_request_has_its_own_limits() {
    let seen = Arc::<Seen>::default();
    let limits = [("HTTP_REQUEST_TIMEOUT", "200ms"), ("HTTP_BODY_TIMEOUT", "200ms"), ("HTTP_MAX_BODY_BYTES", "10")];
    let running = Running::start(app(&seen), &limits).await;
    let mut client = running.connect_http2(&[]).await;
    // A handler that never ends.
    client.send(get(1, "/never")).await;
    assert_eq!(client.next(HEADERS).await.status(), 503);
    until(|| seen.dropped.get() == 1).await;
    // A body that does not arrive.
    client.send(frame(HEADERS, END_HEADERS, 3, &block(POST, "/echo"))).await;
    assert_eq!(client.next(HEADERS).await.status(), 408);
    // A body that is too large.
    let (head, body) =
        (frame(HEADERS, END_HEADERS, 5, &block(POST, "/echo")), frame(DATA, END_STREAM, 5, b"0123456789a"));
    client.send([head, body].concat()).await;
    assert_eq!(client.next(HEADERS).await.status(), 413);
    // Other requests are not affected.
    client.send(get(7, "/")).await;
    assert_eq!(client.next(HEADERS).await.status(), 200);
}

#[tokio::test]
async fn a_response_that_is_not_read_is_reset_and_the_connection_goes_on() {
    let seen = Arc::<Seen>::default();
    let running = Running::start(app(&seen), &[("HTTP_BODY_TIMEOUT", "300ms")]).await;
    // SETTINGS_INITIAL_WINDOW_SIZE: zero, or small.
    for window in [0, 1000] {
        let mut client = running.connect_http2(&[(4, window)]).await;
        client.send(get(1, "/endless")).await;
        assert_eq!(client.next(RST_STREAM).await.stream, 1);
        client.send(get(3, "/livez")).await;
        assert_eq!(client.next(HEADERS).await.status(), 200);
    }
    until(|| seen.dropped.get() == 2).await;
}

#[tokio::test]
async fn an_idle_connection_is_asked_to_leave_and_pings_do_not_keep_it() {
    let running =
        Running::start(app(&Arc::default()), &[("HTTP_IDLE_TIMEOUT", "300ms"), ("HTTP_BODY_TIMEOUT", "300ms")]).await;
    let mut client = running.connect_http2(&[]).await;
    client.send(get(1, "/")).await;
    client.next(DATA).await;
    let (mut reader, mut writer) = client.0.into_split();
    let pinging = tokio::spawn(async move {
        use tokio::io::AsyncWriteExt as _;
        while writer.write_all(&frame(PING, 0, 0, &[0; 8])).await.is_ok() {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    });
    let mut bytes = Vec::new();
    let _ = super::running::within(tokio::io::AsyncReadExt::read_to_end(&mut reader, &mut bytes)).await;
    super::running::within(pinging).await.unwrap();
    let mut kinds = Vec::new();
    let mut rest = bytes.as_slice();
    while let Some((head, payload)) = rest.split_at_checked(9) {
        kinds.push(head[3]);
        rest = &payload[usize::from(head[1]) << 8 | usize::from(head[2])..];
    }
    assert!(kinds.contains(&GOAWAY), "{kinds:?}");
}

#[tokio::test]
async fn a_stop_sends_goaway_and_finishes_requests_in_flight() {
    let running = Running::start(app(&Arc::default()), &[("HTTP_STOP_TIMEOUT", "10m")]).await;
    let mut client = running.connect_http2(&[]).await;
    client.send(frame(HEADERS, END_HEADERS, 1, &block(POST, "/echo"))).await;
    client.send(get(3, "/")).await;
    client.next(HEADERS).await;
    let stopping = running.ask_to_stop();
    client.next(GOAWAY).await;
    assert!(!stopping.is_finished());
    client.send(frame(DATA, END_STREAM, 1, b"abcdef")).await;
    let ping = client.next(PING).await;
    client.send(frame(PING, ACK, 0, &ping.payload)).await;
    let frames = client.frames().await;
    assert!(frames.iter().any(|frame| frame.stream == 1 && frame.payload == b"abcdef"), "{frames:?}");
    super::running::within(stopping).await.unwrap().unwrap();
}

/// The service queries its database before it reads the bodies, while the clients send as much as their windows allow.
#[tokio::test]
async fn bodies_that_the_service_does_not_read_yet_are_not_a_flood() {
    const PIECE: [u8; 16_384] = [b'x'; 16_384];
    for uploads in [1, 4] {
        // Once it is closed, every handler passes.
        let gate = Arc::new(Semaphore::new(0));
        let passed = Arc::clone(&gate);
        let later = async move |request: Request| {
            let _ = passed.acquire().await;
            request.into_body().collect().await.map(|body| body.to_bytes().len().to_string()).map_err(|_| "lost")
        };
        let running = Running::start(app(&Arc::default()).route("/later", post(later)), &[]).await;
        let mut client = running.connect_http2(&[]).await;
        let pieces = client.take_window().await / PIECE.len();
        let streams: Vec<u32> = (0..uploads).map(|number| number * 2 + 1).collect();
        for stream in &streams {
            client.send(frame(HEADERS, END_HEADERS, *stream, &block(POST, "/later"))).await;
        }
        for stream in streams.iter().cycle().take(pieces) {
            client.send(frame(DATA, 0, *stream, &PIECE)).await;
        }
        // When this ping is answered, all data has arrived.
        client.send(frame(PING, 0, 0, b"received")).await;
        while client.next(PING).await.payload != b"received" {}
        for stream in &streams {
            client.send(frame(DATA, END_STREAM, *stream, &[])).await;
        }
        gate.close();
        let length = pieces / streams.len() * PIECE.len();
        for _ in &streams {
            assert_eq!(client.next(DATA).await.payload, length.to_string().as_bytes());
        }
    }
}
