//! How one response of HTTP/2 flows to the client.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::progress::Window;

/// Whether the client takes a response. The socket cannot tell: on an HTTP/2 connection each response waits for the
/// client on its own.
#[derive(Debug)]
pub(super) struct Outflow {
    /// What was given since the client was waited for; none while the service is.
    waiting: Mutex<Option<Window>>,
}

impl Outflow {
    /// Nothing waits before the response begins.
    pub(super) fn new() -> Self {
        Self { waiting: Mutex::new(None) }
    }

    /// A piece of the body was given, or the head: the client is to take it.
    pub(super) fn gave(&self, bytes: usize, now: Instant) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.get_or_insert(Window::new(now)).pass(bytes, now);
    }

    /// The body is asked for more and has nothing, or it has ended: the client is not what is waited for.
    pub(super) fn has_nothing(&self) {
        *self.waiting.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// When the client took too little.
    pub(super) fn due(&self, period: Duration) -> Option<Instant> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).map(|window| window.due(period))
    }
}
