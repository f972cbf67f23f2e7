//! How far a service is on its way to its end.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use tokio::sync::watch;

use crate::layers::Stop;

/// What every connection hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// Requests are answered.
    Serving,
    /// Requests are answered, and `/readyz` fails.
    Draining,
    /// What is being answered is finished.
    Stopping,
    /// Nothing is.
    Over,
}

/// Tells the connections, and knows whether any is left.
#[derive(Debug)]
pub(super) struct Stages {
    sender: watch::Sender<Stage>,
    flags: Arc<Flags>,
    /// What requests hear. It is no receiver: whoever keeps it does not hold up the end.
    stop: Stop,
}

/// What every request and every read asks, without a lock.
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

    /// Waits until nobody listens.
    pub(super) async fn deserted(&self) {
        self.sender.closed().await;
    }
}

/// What hears of the stages. As long as one exists, something is left to finish.
#[derive(Debug, Clone)]
pub(super) struct Listening {
    receiver: watch::Receiver<Stage>,
    flags: Arc<Flags>,
}

impl Listening {
    /// Waits for the next stage.
    pub(super) async fn next(&mut self) -> Stage {
        // Where nobody can tell any more, it is over.
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
