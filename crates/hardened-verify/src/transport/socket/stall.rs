//! Begins a request, sends one more byte each second, and never finishes it.

use std::time::Duration;

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    time::{Instant, sleep, timeout},
};

use crate::stall::Stall;

/// The time between two bytes, short enough that the connection does not count as idle.
const PAUSE: Duration = Duration::from_secs(1);

/// Sends the beginning of a head, and then single bytes, until the other side ends the request or the time is over.
pub(super) async fn stall(stream: impl AsyncRead + AsyncWrite + Unpin, head: &str, limit: Duration) -> Stall {
    let begin = Instant::now();
    match timeout(limit, ended(stream, head)).await {
        Ok(()) => Stall::Ended(begin.elapsed()),
        Err(_) => Stall::Open(limit),
    }
}

async fn ended(mut stream: impl AsyncRead + AsyncWrite + Unpin, head: &str) {
    if stream.write_all(head.as_bytes()).await.is_err() || stream.flush().await.is_err() {
        return;
    }
    let mut byte = [0; 1];
    loop {
        tokio::select! {
            // The target answered or closed the connection.
            _ = stream.read(&mut byte) => return,
            () = sleep(PAUSE) => {}
        }
        if stream.write_all(b"x").await.is_err() || stream.flush().await.is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::duplex;

    use super::*;

    const LIMIT: Duration = Duration::from_secs(75);

    #[tokio::test(start_paused = true)]
    async fn a_request_that_nobody_ends_is_open_when_the_time_is_over() {
        let (ours, mut theirs) = duplex(4096);
        assert_eq!(stall(ours, "GET / HTTP/1.1\r\nx: ", LIMIT).await, Stall::Open(LIMIT));
        let mut sent = String::new();
        theirs.read_to_string(&mut sent).await.unwrap();
        // There is a byte for each second, and the head does not end.
        assert!(sent.starts_with("GET / HTTP/1.1\r\nx: xxxxx") && !sent.contains("\r\n\r\n"), "{sent}");
        assert!((70..=75).contains(&sent.matches('x').count().saturating_sub(1)), "{sent}");
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_and_an_end_are_the_end() {
        let ten = Duration::from_secs(10);
        for answer in ["HTTP/1.1 408 Request Timeout\r\n\r\n", ""] {
            let (ours, mut theirs) = duplex(4096);
            tokio::spawn(async move {
                sleep(ten).await;
                let _ = theirs.write_all(answer.as_bytes()).await;
            });
            assert_eq!(stall(ours, "GET / HTTP/1.1\r\nx: ", LIMIT).await, Stall::Ended(ten), "{answer}");
        }
    }
}
