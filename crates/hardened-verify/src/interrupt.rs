//! Ends a run early.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering::SeqCst},
};

use tokio::sync::Notify;

/// Ends a run early: from a handler of signals.
#[derive(Debug, Clone, Default)]
pub struct Interrupt(Arc<Flag>);

#[derive(Debug, Default)]
struct Flag {
    is_set: AtomicBool,
    changed: Notify,
}

impl Interrupt {
    /// Sends no further probe, and waits for no answer that only shows something; what was created is removed.
    pub fn interrupt(&self) {
        self.0.is_set.store(true, SeqCst);
        self.0.changed.notify_waiters();
    }

    pub(crate) fn is_set(&self) -> bool {
        self.0.is_set.load(SeqCst)
    }

    /// Ends when the run is interrupted.
    pub(crate) async fn wait(&self) {
        // It is told of a change from here on, so that none is missed.
        let changed = self.0.changed.notified();
        if !self.is_set() {
            changed.await;
        }
    }
}
