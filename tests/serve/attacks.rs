//! Attacks over HTTP/1. During each attack the process answers health checks, and afterwards nothing of it is left.

use tokio::io::AsyncWriteExt;

use super::{
    left::{CONNECTION, FEW, attacked, descriptors},
    running::{Client, Running, until, within},
    server::exchange,
};

/// The number of attacking connections.
const MANY: usize = 100;

/// The number of health checks during an attack.
const ASKED: usize = 10;

/// Returns the number of connections: 500 here, and 5,000 in `cargo xtask check connections`.
fn connections() -> usize {
    std::env::var("HARDENED_CONNECTIONS").ok().and_then(|number| number.parse().ok()).unwrap_or(500)
}

/// A short timeout for bodies. Heads keep the default timeout, because a machine that stalls between the connection and its
/// request would exceed a short one.
const SHORT: [(&str, &str); 1] = [("HTTP_BODY_TIMEOUT", "400ms")];

/// Twice the largest body that is accepted, because the buffer that collects it grows.
const BODY: u64 = 2 * 2 * 1024 * 1024;

async fn lives(running: &Running) {
    for _ in 0..ASKED {
        assert!(running.is_alive().await);
    }
}

/// Writes a piece repeatedly until the service refuses it or `most` is reached, and returns the number of bytes written.
async fn pour(client: &mut Client, piece: &[u8], most: usize) -> usize {
    let mut written = 0;
    within(async {
        while written < most {
            match client.0.write(piece).await {
                Ok(bytes) => written += bytes,
                Err(_) => break,
            }
        }
    })
    .await;
    written
}

#[test]
fn slowloris_in_the_head() {
    attacked(&[("HTTP_HEADER_TIMEOUT", "2s")], MANY as u64 * CONNECTION, async |running, _| {
        let mut clients = Vec::new();
        for number in 0..MANY {
            let mut client = running.connect().await;
            client.send(format!("GET / HTTP/1.1\r\nHost: a.example\r\nX-{number}: ")).await;
            clients.push(client);
        }
        lives(running).await;
        for client in &mut clients {
            assert_eq!(client.rest().await, "");
        }
    });
}

#[test]
fn slowloris_in_the_body() {
    attacked(&SHORT, MANY as u64 * CONNECTION, async |running, seen| {
        let mut clients = Vec::new();
        for _ in 0..MANY {
            let mut client = running.connect().await;
            client.send("POST /echo HTTP/1.1\r\nHost: a.example\r\nContent-Length: 100000\r\n\r\nx").await;
            clients.push(client);
        }
        lives(running).await;
        for client in &mut clients {
            assert!(client.rest().await.starts_with("HTTP/1.1 408 "));
        }
        assert_eq!(seen.begun.get(), 0);
    });
}

#[test]
fn slow_read() {
    attacked(&SHORT, MANY as u64 * CONNECTION, async |running, seen| {
        let mut clients = Vec::new();
        for _ in 0..MANY {
            let mut client = running.connect().await;
            client.get("/endless").await;
            clients.push(client);
        }
        lives(running).await;
        until(|| seen.dropped.get() == MANY).await;
    });
}

#[test]
fn many_connections() {
    // The service has only the maximum and the reserved connections open. Only the client knows of the others.
    let held = 100 + 16 + 1;
    let most = held as u64 * CONNECTION + connections() as u64 * 1024;
    attacked(&[("HTTP_MAX_CONNECTIONS", "100"), ("HTTP_HEADER_TIMEOUT", "10m")], most, async |running, _| {
        let mut clients = Vec::new();
        for number in 0..connections() {
            clients.push(running.connect().await);
            if number % 50 == 0 {
                assert!(running.is_alive().await);
            }
        }
        lives(running).await;
        until(|| descriptors(running) <= held).await;
        drop(clients);
    });
}

/// Sends requests without reading a response: the buffers on the way bound what the service reads.
#[test]
fn a_pipelined_flood() {
    attacked(&SHORT, FEW, async |running, _| {
        let mut client = running.connect().await;
        let piece = "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n".repeat(1000);
        let most = 1 << 30;
        let written = pour(&mut client, piece.as_bytes(), most).await;
        assert!(written < most, "{written}");
        lives(running).await;
    });
}

#[test]
fn a_header_bomb() {
    attacked(&SHORT, FEW, async |running, _| {
        let most = 1 << 30;
        for piece in ["X: ", "xxxxxxxxxxxxxxxx", "\r\n", "X: y\r\n"] {
            let mut client = running.connect().await;
            client.send("GET / HTTP/1.1\r\nHost: a.example\r\nX: y\r\n").await;
            let start = if piece == "\r\n" { "" } else { "X: " };
            client.send(start).await;
            let written = pour(&mut client, piece.repeat(1000).as_bytes(), most).await;
            assert!(written < most, "{piece:?}: {written}");
        }
        lives(running).await;
    });
}

/// Sends an endless body to a handler that reads it, and to one that does not.
#[test]
fn an_endless_body() {
    let limits = [&SHORT[..], &[("HTTP_REQUEST_TIMEOUT", "2s")]].concat();
    attacked(&limits, BODY + FEW, async |running, seen| {
        let most = 1 << 30;
        for request in ["POST /echo", "GET /", "GET /never"] {
            let mut client = running.connect().await;
            client.send(format!("{request} HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n")).await;
            if request == "GET /never" {
                until(|| seen.begun.get() == 2).await;
                let (reader, mut writer) = client.0.into_split();
                let pouring = tokio::spawn(async move { while writer.write_all(&chunk()).await.is_ok() {} });
                drop(reader);
                lives(running).await;
                pouring.abort();
                continue;
            }
            let written = pour(&mut client, &chunk(), most).await;
            assert!(written < most, "{request}: {written}");
        }
    });
}

fn chunk() -> Vec<u8> {
    [b"10000\r\n".to_vec(), vec![b'x'; 65_536], b"\r\n".to_vec()].concat()
}

#[test]
fn chunked_extensions() {
    attacked(&SHORT, FEW, async |running, seen| {
        let head = "POST /echo HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n";
        let most = 1 << 30;
        for piece in [";x=yyyyyyyyyyyyyyyy".repeat(1000), "1;x=yyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\nx\r\n".repeat(1000)] {
            let mut client = running.connect().await;
            client.send(head).await;
            if piece.starts_with(';') {
                client.send("5").await;
            }
            let written = pour(&mut client, piece.as_bytes(), most).await;
            assert!(written < most, "{written}");
        }
        assert_eq!(seen.begun.get(), 0);
        // A few extensions are allowed.
        let usual = exchange(
            running.address,
            &format!("{head}5;x=y\r\nhello\r\n0\r\n\r\n").replace("\r\n\r\n5", "\r\nConnection: close\r\n\r\n5"),
        )
        .await;
        assert_eq!((usual.status, usual.body.as_str()), (200, "hello"));
        lives(running).await;
    });
}

#[test]
fn clients_that_vanish() {
    attacked(&[], MANY as u64 * CONNECTION, async |running, _| {
        for number in 0..MANY {
            let mut client = running.connect().await;
            match number % 4 {
                0 => client.get("/never").await,
                1 => client.get("/endless").await,
                2 => client.send("POST /echo HTTP/1.1\r\nHost: a.example\r\nContent-Length: 100000\r\n\r\nx").await,
                _ => client.send("GET / HTTP/1.1\r\n").await,
            }
        }
        lives(running).await;
    });
}
