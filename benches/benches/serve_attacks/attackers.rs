//! The attacking clients.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
    time::{Instant, sleep, sleep_until, timeout, timeout_at},
};

use super::attacks::{Attack, Then};

/// How often the server gave each answer at the end of a connection.
pub(crate) type Answers = Arc<Mutex<BTreeMap<String, u32>>>;

/// Attacks until `end`. The connections stay open until the returned set is dropped.
pub(crate) async fn attack(
    address: SocketAddr,
    attack: &'static Attack,
    end: Instant,
    answers: &Answers,
) -> JoinSet<TcpStream> {
    let mut attackers = JoinSet::new();
    for _ in 0..attack.connections {
        let answers = Arc::clone(answers);
        attackers.spawn(async move {
            loop {
                let stream = once(address, attack, end, &answers).await;
                match stream {
                    Some(stream) if attack.is_slow() || Instant::now() >= end => return stream,
                    _ => sleep(Duration::from_millis(5)).await,
                }
            }
        });
        // Not all at once, because the backlog of the listener is short.
        if attack.connections > 100 {
            sleep(Duration::from_micros(200)).await;
        }
    }
    attackers
}

/// Attacks over one connection and returns it, or `None` if it could not be opened.
async fn once(address: SocketAddr, attack: &Attack, end: Instant, answers: &Answers) -> Option<TcpStream> {
    let mut stream = TcpStream::connect(address).await.ok()?;
    let _ = stream.write_all(&attack.start).await;
    match attack.then {
        Then::Wait(drip) => loop {
            let next = Instant::now() + Duration::from_millis(500);
            sleep_until(next.min(end)).await;
            if Instant::now() >= end {
                break;
            }
            let _ = stream.try_write(drip);
        },
        Then::Flood(piece) => {
            for number in 0.. {
                if !matches!(timeout_at(end, stream.write_all(&piece(number))).await, Ok(Ok(()))) {
                    break;
                }
            }
        }
        Then::Leave => sleep(Duration::from_millis(1)).await,
    }
    let answer = if matches!(attack.then, Then::Leave) { "–".to_owned() } else { answer(&mut stream).await };
    *answers.lock().unwrap().entry(answer).or_insert(0) += 1;
    Some(stream)
}

/// Returns a summary of what the server has sent: the status, or the frame that ends the connection or a stream.
async fn answer(stream: &mut TcpStream) -> String {
    let mut bytes = vec![0; 65_536];
    let mut length = 0;
    // Reads what has already arrived, possibly in several pieces.
    while let Ok(Ok(read @ 1..)) = timeout(Duration::from_millis(20), stream.read(&mut bytes[length..])).await {
        length += read;
    }
    let bytes = &bytes[..length];
    match bytes.strip_prefix(b"HTTP/1.1 ").and_then(|rest| rest.get(..3)) {
        Some(status) => String::from_utf8_lossy(status).into_owned(),
        None if bytes.is_empty() => "nothing".to_owned(),
        None => goodbye(bytes),
    }
}

/// Returns the GOAWAY frame and its code, or else the last RST_STREAM.
fn goodbye(mut frames: &[u8]) -> String {
    let mut said = "settings".to_owned();
    while let Some((head, rest)) = frames.split_at_checked(9) {
        let length = usize::from(head[0]) << 16 | usize::from(head[1]) << 8 | usize::from(head[2]);
        let Some((payload, rest)) = rest.split_at_checked(length) else { break };
        match (head[3], payload) {
            (7, [_, _, _, _, _, _, _, code, ..]) => return format!("GOAWAY {code}"),
            (3, [.., code]) => said = format!("RST_STREAM {code}"),
            _ => {}
        }
        frames = rest;
    }
    said
}
