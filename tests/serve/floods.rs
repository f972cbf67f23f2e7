//! Attacks over HTTP/2.

use super::{
    frames::{
        CALM, CONTINUATION, DATA, END_HEADERS, END_STREAM, GET, GOAWAY, HEADERS, PING, POST, RST_STREAM, SETTINGS,
        WINDOW_UPDATE, block, frame, get,
    },
    left::{CONNECTION, FEW, attacked},
    running::{Client, Running, until},
};

/// More frames than any flood needs to be detected.
const MOST: usize = 1_000_000;

/// Opens a connection and receives one response.
async fn answered(running: &Running) -> Client {
    let mut client = running.connect_http2(&[]).await;
    client.send(get(1, "/")).await;
    assert_eq!(client.next(HEADERS).await.status(), 200);
    client
}

/// Returns the code of the service's GOAWAY frame, or `None` if the connection ended without one.
async fn goodbye(mut client: Client) -> Option<u32> {
    client.frames().await.iter().find(|frame| frame.kind == GOAWAY).map(super::frames::Frame::code)
}

fn stream(number: usize) -> u32 {
    u32::try_from(2 * number + 1).unwrap()
}

/// CVE-2023-44487.
#[test]
fn rapid_reset() {
    attacked(&[], FEW, async |running, seen| {
        let mut client = running.connect_http2(&[]).await;
        let pairs = |number: usize| {
            let pair =
                |number| [get(stream(number), "/never"), frame(RST_STREAM, 0, stream(number), &8_u32.to_be_bytes())];
            (number * 100..(number + 1) * 100).flat_map(pair).flatten().collect::<Vec<_>>()
        };
        let written = client.flood(MOST / 100, pairs).await;
        assert!(written < MOST / 100, "{written}");
        assert!(seen.begun.get() < 1000, "{}", seen.begun.get());
        // On a connection that the client still reads, the reason arrives.
        let mut other = running.connect_http2(&[]).await;
        other.send(pairs(0)).await;
        assert_eq!(goodbye(other).await, Some(CALM));
        until(|| seen.begun.get() == seen.dropped.get()).await;
    });
}

/// CVE-2025-8671: the client makes the service reset streams, which then no longer count as open.
#[test]
fn resets_that_the_client_provokes() {
    attacked(&[], FEW, async |running, seen| {
        let mut client = running.connect_http2(&[]).await;
        let nothing = 0_u32.to_be_bytes();
        let pairs = |number: usize| {
            let pair = |number| [get(stream(number), "/never"), frame(WINDOW_UPDATE, 0, stream(number), &nothing)];
            (number * 100..(number + 1) * 100).flat_map(pair).flatten().collect::<Vec<_>>()
        };
        let written = client.flood(MOST / 100, pairs).await;
        assert!(written < MOST / 100, "{written}");
        assert!(seen.begun.get() < 3000, "{}", seen.begun.get());
        until(|| seen.begun.get() == seen.dropped.get()).await;
    });
}

/// CVE-2024-27316 and its siblings.
#[test]
fn continuation_flood() {
    attacked(&[], FEW, async |running, seen| {
        for payload in [vec![], vec![0x00, 1, b'x', 1, b'y'], vec![0; 1000]] {
            let mut client = running.connect_http2(&[]).await;
            client.send(frame(HEADERS, END_STREAM, 1, &block(GET, "/"))).await;
            let continuation = frame(CONTINUATION, 0, 1, &payload);
            let written = client.flood(MOST, |_| continuation.clone()).await;
            assert!(written < MOST, "{}: {written}", payload.len());
        }
        assert_eq!(seen.begun.get(), 0);
    });
}

/// CVE-2019-9512, -9515, and frames that are allowed but have no effect.
#[test]
fn floods_of_frames_that_are_not_requests() {
    attacked(&[], FEW, async |running, _| {
        for (name, flood) in [
            ("ping", frame(PING, 0, 0, &[0; 8])),
            ("settings", frame(SETTINGS, 0, 0, &[])),
            ("window", frame(WINDOW_UPDATE, 0, 0, &1_u32.to_be_bytes())),
            ("priority", frame(2, 0, 1, &[0, 0, 0, 0, 1])),
            ("unknown", frame(0xfe, 0, 0, &[0; 8])),
        ] {
            for has_answer in [false, true] {
                let mut client = if has_answer { answered(running).await } else { running.connect_http2(&[]).await };
                let written = client.flood(MOST, |_| flood.clone()).await;
                assert!(written < MOST, "{name}: {written}");
            }
            assert!(running.is_alive().await);
        }
    });
}

/// CVE-2019-9518.
#[test]
fn frames_without_content() {
    attacked(&[], FEW, async |running, seen| {
        let mut client = running.connect_http2(&[]).await;
        client.send(frame(HEADERS, END_HEADERS, 1, &block(POST, "/echo"))).await;
        let written = client.flood(MOST, |_| frame(DATA, 0, 1, &[])).await;
        assert!(written < MOST, "{written}");
        assert_eq!(seen.begun.get(), 0);
    });
}

/// A header of 4,000 bytes in the table, and a block that refers to it repeatedly: slightly too often, and far too often.
#[test]
fn a_header_bomb_in_a_small_block() {
    attacked(&[], FEW, async |running, seen| {
        let bomb = |times| {
            let mut bomb = block(GET, "/");
            // A literal that is added to the table, with a value of 4,000 bytes (127 and 3,873 in groups of seven bits).
            bomb.extend([0x40, 1, b'x', 127, 0xa1, 0x1e]);
            bomb.extend([b'y'; 4000]);
            bomb.extend(vec![0xbe; times]);
            frame(HEADERS, END_HEADERS | END_STREAM, 1, &bomb)
        };
        let mut client = running.connect_http2(&[]).await;
        client.send(bomb(8)).await;
        client.send(get(3, "/livez")).await;
        for status in [431, 200] {
            assert_eq!(client.next(HEADERS).await.status(), status);
        }
        let mut other = running.connect_http2(&[]).await;
        other.send(bomb(5000)).await;
        assert!(goodbye(other).await.is_some());
        assert_eq!(seen.begun.get(), 0);
        drop(client);
    });
}

/// CVE-2019-9517: as many responses as a connection may have, each with an empty window.
#[test]
fn slow_read_of_many_streams() {
    const STREAMS: usize = 100;
    attacked(&[("HTTP_BODY_TIMEOUT", "400ms")], STREAMS as u64 * CONNECTION, async |running, seen| {
        // SETTINGS_INITIAL_WINDOW_SIZE
        let mut client = running.connect_http2(&[(4, 0)]).await;
        client.send((0..STREAMS).flat_map(|number| get(stream(number), "/endless")).collect::<Vec<_>>()).await;
        assert!(running.is_alive().await);
        until(|| seen.dropped.get() == STREAMS).await;
    });
}

#[test]
fn a_client_that_does_not_answer_pings_is_gone() {
    attacked(&[("HTTP_H2_PING", "1s")], FEW, async |running, seen| {
        let mut client = running.connect_http2(&[]).await;
        client.send(get(1, "/never")).await;
        client.next(PING).await;
        client.frames().await;
        assert_eq!(seen.dropped.get(), 1);
    });
}

/// Streams that the client opens beyond the limit are refused, and none of them reaches a handler.
#[test]
fn more_streams_than_allowed() {
    attacked(&[("HTTP_H2_STREAMS", "10")], FEW, async |running, seen| {
        let mut client = running.connect_http2(&[]).await;
        client.next(SETTINGS).await;
        client.send(frame(SETTINGS, super::frames::ACK, 0, &[])).await;
        client.send((0..50).flat_map(|number| get(stream(number), "/never")).collect::<Vec<_>>()).await;
        for _ in 0..40 {
            // REFUSED_STREAM
            assert_eq!(client.next(RST_STREAM).await.code(), 7);
        }
        assert!(running.is_alive().await);
        assert!(seen.begun.get() <= 10);
        drop(client);
    });
}
