//! Tracks how one HTTP/2 response flows to the client.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::progress::Window;

/// Whether the client takes a response. The socket cannot tell, because each response on an HTTP/2 connection waits for
/// the client separately.
#[derive(Debug)]
pub(super) struct Outflow {
    /// What was sent since the wait for the client began, or `None` while the wait is for the service.
    waiting: Mutex<Option<Window>>,
}

impl Outflow {
    /// Creates the state before the response begins: there is no wait.
    pub(super) fn new() -> Self {
        Self { waiting: Mutex::new(None) }
    }

    /// Records that a piece of the body, or the head, is ready for the client to take.
    pub(super) fn gave(&self, bytes: usize, now: Instant) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.get_or_insert(Window::new(now)).pass(bytes, now);
    }

    /// Records that the service has no more data at the moment, or that the body has ended: there is no wait for the client.
    pub(super) fn has_nothing(&self) {
        *self.waiting.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Returns the time at which the client has taken too little.
    pub(super) fn due(&self, period: Duration) -> Option<Instant> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).map(|window| window.due(period))
    }
}
