//! Request smuggling: requests that two servers may parse differently. A second request must not hide in the first.

use std::sync::Arc;

use super::running::{Running, Seen, app};

const HIDDEN: &str = "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n";

/// The bytes after `POST /echo HTTP/1.1` and `Host`, the statuses of the responses, and how many handlers ran.
#[rustfmt::skip]
const ROWS: &[(&str, &[u16], usize)] = &[
    // The controls: two valid requests get two responses.
    ("Content-Length: 5\r\n\r\nhello", &[200, 200], 2),
    ("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", &[200, 200], 2),
    ("Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", &[200, 200], 2),
    // Both a length and chunks: the chunks count, and the connection is closed (RFC 9112 §6.1).
    ("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", &[200], 1),
    ("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n", &[200], 1),
    // Lengths that differ, or are not numbers.
    ("Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", &[400], 0),
    ("Content-Length: 5, 5\r\n\r\nhello", &[400], 0),
    ("Content-Length: +5\r\n\r\nhello", &[400], 0),
    ("Content-Length: 0x5\r\n\r\nhello", &[400], 0),
    ("Content-Length: -1\r\n\r\nhello", &[400], 0),
    ("Content-Length: \r\n\r\n", &[400], 0),
    ("Content-Length : 5\r\n\r\nhello", &[400], 0),
    // Encodings whose last one is not chunked.
    ("Transfer-Encoding: identity\r\n\r\n", &[400], 0),
    ("Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", &[400], 0),
    ("Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", &[400], 0),
    ("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n", &[400], 0),
    ("Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", &[400], 0),
    // Encodings whose last one is chunked, after others.
    ("Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", &[501], 0),
    ("Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", &[501], 0),
    ("Transfer-Encoding: xchunked, chunked\r\n\r\n0\r\n\r\n", &[501], 0),
    ("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", &[501], 0),
    ("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", &[501], 0),
    ("Transfer-Encoding: CHUNKED\r\n\r\n5\r\nhello\r\n0\r\n\r\n", &[200, 200], 2),
    // Lines that some servers fold or split.
    ("X: y\r\n Transfer-Encoding: chunked\r\n\r\n", &[400], 0),
    ("X: y\rContent-Length: 5\r\n\r\nhello", &[400], 0),
    ("X\0: y\r\n\r\n", &[400], 0),
    // Malformed chunks.
    ("Transfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n", &[400], 0),
    ("Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n", &[400], 0),
    ("Transfer-Encoding: chunked\r\n\r\n-1\r\nhello\r\n0\r\n\r\n", &[400], 0),
    ("Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nhello\r\n0\r\n\r\n", &[400], 0),
    ("Transfer-Encoding: chunked\r\n\r\n5\r\nhelloX\r\n0\r\n\r\n", &[400], 0),
    ("Transfer-Encoding: chunked\r\n\r\n5;\nhello\r\n0\r\n\r\n", &[400], 0),
];

/// Returns the statuses of the responses in the text from a connection.
fn statuses(text: &str) -> Vec<u16> {
    text.match_indices("HTTP/1.1 ").map(|(at, _)| text[at + 9..at + 12].parse().unwrap()).collect()
}

#[tokio::test]
async fn a_request_ends_where_every_server_agrees_or_is_the_last() {
    for (rest, expected, begun) in ROWS {
        let seen = Arc::<Seen>::default();
        let running =
            Running::start(app(&seen), &[("HTTP_IDLE_TIMEOUT", "200ms"), ("HTTP_BODY_TIMEOUT", "500ms")]).await;
        let mut client = running.connect().await;
        client.send(format!("POST /echo HTTP/1.1\r\nHost: a.example\r\n{rest}{HIDDEN}")).await;
        let text = client.rest().await;
        assert_eq!((statuses(&text), seen.begun.get()), (expected.to_vec(), *begun), "{rest:?}: {text}");
    }
}

/// RFC 9112 §2.2 lets a server accept a bare LF as the end of a line. hyper does, so a head with it is one request, not two.
#[tokio::test]
async fn a_bare_line_feed_ends_a_line_of_a_head() {
    let seen = Arc::<Seen>::default();
    let running = Running::start(app(&seen), &[("HTTP_IDLE_TIMEOUT", "200ms")]).await;
    for (head, expected) in [
        ("GET / HTTP/1.1\nHost: a.example\n\n", &[200, 200][..]),
        ("GET / HTTP/1.1\r\nHost: a.example\nX: y\r\n\r\n", &[200, 200]),
        ("GET / HTTP/1.1\r\nHost: a.example\r\nX: y\nHost: b.example\r\n\r\n", &[400]),
        ("GET / HTTP/1.1\r\nHost: a.example\r\nX: y\nTransfer-Encoding: identity\r\n\r\n", &[400]),
    ] {
        let mut client = running.connect().await;
        client.send(format!("{head}{HIDDEN}")).await;
        let text = client.rest().await;
        assert_eq!(statuses(&text), expected, "{head:?}: {text}");
    }
}

#[tokio::test]
async fn absolute_targets_and_others_reach_the_app_as_they_are_or_are_refused() {
    let running = Running::start(app(&Arc::default()), &[("HTTP_IDLE_TIMEOUT", "200ms")]).await;
    for (line, status) in [
        ("GET http://a.example/ HTTP/1.1", 200),
        ("GET http://b.example/ HTTP/1.1", 200),
        ("GET http://user@a.example/ HTTP/1.1", 200),
        ("GET //b.example/ HTTP/1.1", 404),
        ("CONNECT b.example:443 HTTP/1.1", 404),
        ("OPTIONS * HTTP/1.1", 404),
        ("GET b.example HTTP/1.1", 404),
        ("GET / HTTP/1.2", 400),
        ("GET / HTTP/2.0", 400),
        ("GET  / HTTP/1.1", 400),
        ("GET /\u{7f} HTTP/1.1", 400),
        ("GET /", 400),
    ] {
        let mut client = running.connect().await;
        client.send(format!("{line}\r\nHost: a.example\r\n\r\n")).await;
        let text = client.rest().await;
        assert_eq!(statuses(&text), [status], "{line:?}: {text}");
    }
}
