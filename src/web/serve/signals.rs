//! The signals that stop a service.

use std::io;

/// SIGTERM and Ctrl-C, from when this exists.
#[derive(Debug)]
pub(super) struct Signals {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
}

/// The numbers that all systems give them, by which shells tell how a program ended.
#[cfg(unix)]
const SIGTERM: u8 = 15;
const SIGINT: u8 = 2;

impl Signals {
    /// # Errors
    ///
    /// When the system does not let the process listen.
    pub(super) fn listen() -> io::Result<Self> {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
        }
        #[cfg(not(unix))]
        Ok(Self {})
    }

    /// The number of the next one.
    pub(super) async fn next(&mut self) -> u8 {
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
