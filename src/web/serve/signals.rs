//! The signals that stop a server.

use std::io;

/// A listener for SIGTERM and Ctrl-C, or for no signal.
#[derive(Debug)]
pub(super) enum Signals {
    None,
    Some(Sources),
}

/// The sources of the signals.
#[derive(Debug)]
pub(super) struct Sources {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
}

/// The signal numbers, which are the same on all systems; shells report them in exit statuses.
#[cfg(unix)]
const SIGTERM: u8 = 15;
const SIGINT: u8 = 2;

impl Signals {
    /// # Errors
    ///
    /// Returns an error if the system does not let the process listen for signals.
    pub(super) fn listen() -> io::Result<Self> {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            let (terminate, interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
            Ok(Self::Some(Sources { terminate, interrupt }))
        }
        #[cfg(not(unix))]
        Ok(Self::Some(Sources {}))
    }

    /// Waits for the next signal and returns its number.
    pub(super) async fn next(&mut self) -> u8 {
        match self {
            Self::None => std::future::pending().await,
            Self::Some(sources) => sources.next().await,
        }
    }
}

impl Sources {
    async fn next(&mut self) -> u8 {
        #[cfg(unix)]
        {
            use std::{future::poll_fn, task::Poll};
            poll_fn(|context| {
                if self.terminate.poll_recv(context).is_ready() {
                    return Poll::Ready(SIGTERM);
                }
                self.interrupt.poll_recv(context).map(|_| SIGINT)
            })
            .await
        }
        #[cfg(not(unix))]
        {
            let _ = tokio::signal::ctrl_c().await;
            SIGINT
        }
    }
}
