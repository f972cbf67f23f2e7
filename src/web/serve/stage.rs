//! The stages of a shutdown, as connections see them.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use tokio::sync::watch;

use crate::layers::Stop;

/// A stage in the life of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// Requests are answered.
    Serving,
    /// Requests are answered, and `/readyz` fails.
    Draining,
    /// Requests in progress are finished.
    Stopping,
    /// The server has ended.
    Over,
}

/// Announces stages to the connections, and knows whether any connection is left.
#[derive(Debug)]
pub(super) struct Stages {
    sender: watch::Sender<Stage>,
    flags: Arc<Flags>,
    /// The signal for requests. It is not a receiver, so a task that keeps it does not delay the end.
    stop: Stop,
}

/// The flags that every request and every read checks without a lock.
#[derive(Debug, Default)]
pub(super) struct Flags {
    draining: AtomicBool,
    over: AtomicBool,
}

impl Flags {
    pub(super) fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Relaxed)
    }
}

impl Stages {
    pub(super) fn new() -> Self {
        Self { sender: watch::Sender::new(Stage::Serving), flags: Arc::default(), stop: Stop::new() }
    }

    pub(super) fn enter(&self, stage: Stage) {
        self.flags.draining.store(stage >= Stage::Draining, Ordering::Relaxed);
        self.flags.over.store(stage >= Stage::Over, Ordering::Relaxed);
        self.sender.send_replace(stage);
        match stage {
            Stage::Serving => {}
            Stage::Draining => self.stop.drain(),
            Stage::Stopping | Stage::Over => self.stop.stop(),
        }
    }

    pub(super) fn stop(&self) -> Stop {
        self.stop.clone()
    }

    pub(super) fn listen(&self) -> Listening {
        Listening { receiver: self.sender.subscribe(), flags: Arc::clone(&self.flags) }
    }

    /// Waits until no connection is left.
    pub(super) async fn deserted(&self) {
        self.sender.closed().await;
    }
}

/// A connection's receiver for stages. As long as one exists, the server waits.
#[derive(Debug, Clone)]
pub(super) struct Listening {
    receiver: watch::Receiver<Stage>,
    flags: Arc<Flags>,
}

impl Listening {
    /// Waits for the next stage.
    pub(super) async fn next(&mut self) -> Stage {
        // If the sender is gone, the server has ended.
        if self.receiver.changed().await.is_err() {
            return Stage::Over;
        }
        *self.receiver.borrow_and_update()
    }

    pub(super) fn flags(&self) -> Arc<Flags> {
        Arc::clone(&self.flags)
    }

    pub(super) fn is_over(&self) -> bool {
        self.flags.over.load(Ordering::Relaxed)
    }
}
