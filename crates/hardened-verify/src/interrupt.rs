//! Ends a run early.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering::SeqCst},
};

use tokio::sync::Notify;

/// A handle that ends a run early, for example from a signal handler.
#[derive(Debug, Clone, Default)]
pub struct Interrupt(Arc<Flag>);

#[derive(Debug, Default)]
struct Flag {
    is_set: AtomicBool,
    changed: Notify,
}

impl Interrupt {
    /// Interrupts the run: it sends no further probes and does not wait for answers that it can do without. It still removes
    /// what it created.
    pub fn interrupt(&self) {
        self.0.is_set.store(true, SeqCst);
        self.0.changed.notify_waiters();
    }

    pub(crate) fn is_set(&self) -> bool {
        self.0.is_set.load(SeqCst)
    }

    /// Waits until the run is interrupted.
    pub(crate) async fn wait(&self) {
        // This registers for notifications before the flag is read, so that no change is missed.
        let changed = self.0.changed.notified();
        if !self.is_set() {
            changed.await;
        }
    }
}
