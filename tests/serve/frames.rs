//! A client that writes and reads single frames of HTTP/2.

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::running::{Client, Running, within};

pub(crate) const DATA: u8 = 0;
pub(crate) const HEADERS: u8 = 1;
pub(crate) const RST_STREAM: u8 = 3;
pub(crate) const SETTINGS: u8 = 4;
pub(crate) const PING: u8 = 6;
pub(crate) const GOAWAY: u8 = 7;
pub(crate) const WINDOW_UPDATE: u8 = 8;
pub(crate) const CONTINUATION: u8 = 9;

pub(crate) const END_STREAM: u8 = 1;
pub(crate) const END_HEADERS: u8 = 4;
/// The flag of `SETTINGS` and `PING` that acknowledges a frame.
pub(crate) const ACK: u8 = 1;

/// The error code `ENHANCE_YOUR_CALM`.
pub(crate) const CALM: u32 = 11;

#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub(crate) kind: u8,
    pub(crate) stream: u32,
    pub(crate) payload: Vec<u8>,
}

impl Frame {
    /// Returns the error code of a `RST_STREAM` or `GOAWAY` frame.
    pub(crate) fn code(&self) -> u32 {
        let at = if self.kind == GOAWAY { 4 } else { 0 };
        u32::from_be_bytes(self.payload[at..at + 4].try_into().unwrap())
    }

    /// Returns the status of a response, which is either an entry in HPACK's static table or a literal.
    pub(crate) fn status(&self) -> u16 {
        match self.payload[0] {
            0x88 => 200,
            0x8c => 400,
            0x8d => 404,
            0x8e => 500,
            // A literal of three digits with the name `:status`, Huffman-coded or not.
            _ => huffman_digits(&self.payload),
        }
    }
}

/// Decodes three digits in HPACK's Huffman code: 0, 1 and 2 have five bits (0 to 2), 3 to 9 have six (0x19 to 0x1f).
fn huffman_digits(payload: &[u8]) -> u16 {
    let (length, is_coded) = (usize::from(payload[1] & 0x7f), payload[1] & 0x80 != 0);
    let text = &payload[2..2 + length];
    if !is_coded {
        return std::str::from_utf8(text).unwrap().parse().unwrap();
    }
    let bits: String = text.iter().map(|byte| format!("{byte:08b}")).collect();
    let (mut at, mut number) = (0, 0);
    for _ in 0..3 {
        let five = u16::from_str_radix(&bits[at..at + 5], 2).unwrap();
        let digit = if five <= 2 {
            at += 5;
            five
        } else {
            let six = u16::from_str_radix(&bits[at..at + 6], 2).unwrap();
            at += 6;
            six - 0x19 + 3
        };
        number = number * 10 + digit;
    }
    number
}

pub(crate) fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    let mut bytes = length[1..].to_vec();
    bytes.extend([kind, flags]);
    bytes.extend(stream.to_be_bytes());
    bytes.extend(payload);
    bytes
}

/// Returns the header block of a request.
pub(crate) fn block(method: u8, path: &str) -> Vec<u8> {
    let mut block = vec![method, 0x86];
    for (name, text) in [(0x04, path), (0x01, "a.example")] {
        block.extend([name, u8::try_from(text.len()).unwrap()]);
        block.extend(text.as_bytes());
    }
    block
}

pub(crate) const GET: u8 = 0x82;
pub(crate) const POST: u8 = 0x83;

/// Returns a HEADERS frame with a GET request without a body.
pub(crate) fn get(stream: u32, path: &str) -> Vec<u8> {
    frame(HEADERS, END_HEADERS | END_STREAM, stream, &block(GET, path))
}

impl Running {
    /// Opens an HTTP/2 connection with these settings.
    pub(crate) async fn connect_http2(&self, settings: &[(u16, u32)]) -> Client {
        let mut client = self.connect().await;
        let settings: Vec<u8> = settings
            .iter()
            .flat_map(|(name, value)| [&name.to_be_bytes()[..], &value.to_be_bytes()].concat())
            .collect();
        client.send([b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(), frame(SETTINGS, 0, 0, &settings)].concat()).await;
        client
    }
}

impl Client {
    /// Returns the next frame, or `None` when the connection ends.
    pub(crate) async fn frame(&mut self) -> Option<Frame> {
        within(async {
            let mut head = [0; 9];
            self.0.read_exact(&mut head).await.ok()?;
            let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
            let mut payload = vec![0; usize::try_from(length).unwrap()];
            self.0.read_exact(&mut payload).await.ok()?;
            let stream = u32::from_be_bytes([head[5] & 0x7f, head[6], head[7], head[8]]);
            Some(Frame { kind: head[3], stream, payload })
        })
        .await
    }

    /// Returns the next frame of a kind, and discards all frames before it.
    pub(crate) async fn next(&mut self, kind: u8) -> Frame {
        loop {
            match self.frame().await {
                Some(frame) if frame.kind == kind => return frame,
                Some(_) => {}
                None => panic!("the connection ended before a frame of kind {kind}"),
            }
        }
    }

    /// Acknowledges the service's settings, and returns its window: how many bytes of bodies may be in flight on the connection.
    pub(crate) async fn take_window(&mut self) -> usize {
        self.next(SETTINGS).await;
        self.send(frame(SETTINGS, ACK, 0, &[])).await;
        let more = self.next(WINDOW_UPDATE).await.payload;
        65_535 + u32::from_be_bytes(more.try_into().unwrap()) as usize
    }

    /// Returns all frames until the connection ends.
    pub(crate) async fn frames(&mut self) -> Vec<Frame> {
        let mut frames = Vec::new();
        while let Some(frame) = self.frame().await {
            frames.push(frame);
        }
        frames
    }

    /// Writes these bytes up to `most` times, until the service closes the connection, and returns how often that succeeded.
    pub(crate) async fn flood(&mut self, most: usize, bytes: impl Fn(usize) -> Vec<u8>) -> usize {
        within(async {
            for number in 0..most {
                if self.0.write_all(&bytes(number)).await.is_err() {
                    return number;
                }
            }
            most
        })
        .await
    }
}
