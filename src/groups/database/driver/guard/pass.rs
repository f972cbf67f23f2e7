//! Copies between the driver and the server.

use std::{pin::pin, sync::Arc, time::Duration};

use tokio::{
    io::{self, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    time::timeout,
};
use zeroize::Zeroizing;

use super::{
    answer, far,
    frames::Frames,
    near::Listener,
    server::{Server, Stream},
    startup::{self, Password},
};

/// The time limit for the first message of a connection, and for ending one.
const PATIENCE: Duration = Duration::from_secs(5);

/// The number of bytes that are copied at once.
const PIECE: usize = 16 * 1024;

/// Accepts connections until the task is aborted.
pub(super) async fn accept(listener: Listener, server: Arc<Server>, password: Password) {
    let password = Arc::new(password);
    loop {
        match listener.accept().await {
            Ok(near) => drop(tokio::spawn(serve(near, Arc::clone(&server), Arc::clone(&password)))),
            // Probably too many open files. Others will be closed.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

async fn serve(mut near: Stream, server: Arc<Server>, password: Arc<Password>) {
    let first = timeout(PATIENCE, startup::read(&mut near, &password, &server.application)).await;
    let Ok(Ok(Some(first))) = first else { return };
    let dialled = tokio::select! {
        dialled = far::dial(&server) => dialled,
        // The driver waits for an answer before it sends more, so this read ends only when the driver has gone.
        _ = near.read_u8() => return,
    };
    match dialled {
        Ok(far) => connect(near, far, &first).await,
        Err(fault) => drop(near.write_all(&answer::error(fault)).await),
    }
}

/// Copies in both directions until one side has gone.
async fn connect(near: Stream, far: Stream, first: &[u8]) {
    let (mut from_driver, to_driver) = io::split(near);
    let (from_server, mut to_server) = io::split(far);
    if to_server.write_all(first).await.is_err() || to_server.flush().await.is_err() {
        return;
    }
    let mut downwards = pin!(downwards(from_server, to_driver));
    let driver_is_gone = tokio::select! {
        driver_is_gone = upwards(&mut from_driver, &mut to_server) => driver_is_gone,
        () = &mut downwards => return until_it_listens(from_driver).await,
    };
    if driver_is_gone {
        let _ = timeout(PATIENCE, to_server.shutdown()).await;
    } else {
        // Pass on the last messages of a server that no longer reads.
        let _ = timeout(PATIENCE, downwards).await;
        until_it_listens(from_driver).await;
    }
}

/// Reads and discards what the driver sends until the driver closes the connection. If the guard closed the socket at once,
/// the driver's writes would fail, and it would never read why the server has gone.
async fn until_it_listens(mut from_driver: impl AsyncRead + Unpin) {
    let _ = io::copy(&mut from_driver, &mut io::sink()).await;
}

/// Copies to the server, and returns whether the driver was the first to go.
async fn upwards(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin) -> bool {
    // The buffer is wiped because it holds statements, and the password if the server asks for it.
    let mut piece = Zeroizing::new(vec![0; PIECE]);
    loop {
        let read = match from.read(&mut piece).await {
            Ok(0) | Err(_) => return true,
            Ok(read) => read,
        };
        let bytes = piece.get(..read).unwrap_or_default();
        if to.write_all(bytes).await.is_err() || to.flush().await.is_err() {
            return false;
        }
    }
}

/// Copies to the driver what may pass. If a message breaks the bounds, the driver gets an error, and the connection ends.
async fn downwards(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin) {
    let (mut frames, mut piece, mut passing) = (Frames::default(), vec![0; PIECE], Vec::new());
    while let Ok(read @ 1..) = from.read(&mut piece).await {
        let filtered = frames.filter(piece.get(..read).unwrap_or_default(), &mut passing);
        if let Err(fault) = filtered {
            passing.extend(answer::error(fault));
        }
        if to.write_all(&passing).await.is_err() || filtered.is_err() {
            break;
        }
        passing.clear();
    }
    let _ = to.shutdown().await;
}
