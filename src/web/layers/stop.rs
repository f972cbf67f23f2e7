//! The signal that the service stops.

use std::sync::Arc;

use tokio::sync::watch;

/// The signal that the service stops. `hardened::serve` adds one to the extensions of every request. `Health::readyz`
/// checks it; your own readiness check can, too. With it, a response that would never end, such as server-sent events
/// or a gRPC stream, can end with the service instead of being cut off:
///
/// ```
/// use hardened::layers::Stop;
///
/// /// Returns events until the service stops.
/// async fn next_event(events: &mut tokio::sync::mpsc::Receiver<u32>, stop: &Stop) -> Option<u32> {
///     tokio::select! {
///         event = events.recv() => event,
///         () = stop.stopping() => None,
///     }
/// }
/// ```
///
/// A client cannot set it: extensions are not part of the protocol.
#[derive(Debug, Clone)]
pub struct Stop(Arc<watch::Sender<Phase>>);

/// The phases of a shutdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    Serving,
    Draining,
    Stopping,
}

impl Stop {
    pub(in crate::web) fn new() -> Self {
        Self(Arc::new(watch::channel(Phase::Serving).0))
    }

    /// Starts to drain.
    pub(in crate::web) fn drain(&self) {
        self.enter(Phase::Draining);
    }

    /// Starts to stop: requests in progress should finish.
    pub(in crate::web) fn stop(&self) {
        self.enter(Phase::Stopping);
    }

    /// Returns whether the service has begun to stop: `/readyz` fails, but requests are still answered.
    #[must_use]
    pub fn is_draining(&self) -> bool {
        *self.0.borrow() >= Phase::Draining
    }

    /// Waits until the service begins to stop.
    pub async fn draining(&self) {
        self.wait(Phase::Draining).await;
    }

    /// Waits until no more connections are accepted and requests in progress should finish.
    pub async fn stopping(&self) {
        self.wait(Phase::Stopping).await;
    }

    fn enter(&self, phase: Phase) {
        self.0.send_if_modified(|now| {
            let is_later = *now < phase;
            *now = phase.max(*now);
            is_later
        });
    }

    async fn wait(&self, phase: Phase) {
        // Cannot fail, because `self` holds the sender.
        drop(self.0.subscribe().wait_for(|now| *now >= phase).await);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_stop_goes_forward_only_and_wakes_who_waits() {
        let stop = Stop::new();
        let (drains, stops) = (stop.clone(), stop.clone());
        let (drains, stops) =
            (tokio::spawn(async move { drains.draining().await }), tokio::spawn(async move { stops.stopping().await }));
        assert!(!stop.is_draining());
        stop.drain();
        drains.await.unwrap();
        assert!(stop.is_draining() && !stops.is_finished());
        stop.stop();
        stops.await.unwrap();
        stop.drain();
        stop.stopping().await;
    }
}
