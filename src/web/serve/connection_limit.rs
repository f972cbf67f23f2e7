//! Limits the number of connections.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use super::{
    permits::{Permit, Permits},
    watch::Watch,
};

/// The limit on connections. When it is reached, a few more connections are accepted, but only for health checks. When
/// these reserved permits are taken too, a new connection replaces the oldest one without a request, so that a client
/// that opens connections and sends nothing cannot keep health checks out.
#[derive(Debug)]
pub(super) struct ConnectionLimit {
    usual: Arc<Permits>,
    all: Arc<Permits>,
    most_reserved: usize,
    reserved: Mutex<VecDeque<Weak<Watch>>>,
}

/// The permit of one connection, which is free again when this is dropped.
#[derive(Debug)]
pub(super) struct ConnectionPermit {
    _open: Permit,
    usual: Option<Permit>,
}

impl ConnectionPermit {
    /// Returns whether the connection is only for health checks.
    pub(super) fn is_reserved(&self) -> bool {
        self.usual.is_none()
    }
}

impl ConnectionLimit {
    pub(super) fn new(most: usize, most_reserved: usize) -> Self {
        let (usual, all) = (Permits::new(most), Permits::new(usize::MAX));
        Self { usual, all, most_reserved, reserved: Mutex::default() }
    }

    /// Admits a connection. Returns `None` only if more are open than any machine can have.
    pub(super) fn open(&self, watch: &Arc<Watch>) -> Option<ConnectionPermit> {
        let (open, usual) = (self.all.take()?, self.usual.take());
        if usual.is_none() {
            self.reserve(watch);
        }
        Some(ConnectionPermit { _open: open, usual })
    }

    /// Returns the number of open connections.
    pub(super) fn count(&self) -> usize {
        self.all.count()
    }

    fn reserve(&self, watch: &Arc<Watch>) {
        let mut reserved = self.reserved.lock().unwrap_or_else(PoisonError::into_inner);
        reserved.retain(|watch| watch.strong_count() > 0);
        while reserved.len() >= self.most_reserved.max(1) {
            let is_waiting = |watch: &Weak<Watch>| watch.upgrade().is_none_or(|watch| !watch.is_busy());
            let oldest = reserved.iter().position(is_waiting).unwrap_or(0);
            if let Some(watch) = reserved.remove(oldest).and_then(|watch| watch.upgrade()) {
                watch.end();
            }
        }
        reserved.push_back(Arc::downgrade(watch));
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::web::serve::progress::Times;

    fn watch() -> Arc<Watch> {
        let second = Duration::from_secs(1);
        Watch::new(Times { header: second, body: second, idle: second, age: second })
    }

    #[test]
    fn beyond_the_maximum_the_newest_are_let_in_for_health_checks() {
        let connections = ConnectionLimit::new(1, 2);
        let watches: Vec<_> = (0..5).map(|_| watch()).collect();
        let permits: Vec<_> = watches.iter().map(|watch| connections.open(watch).unwrap()).collect();
        assert_eq!(
            permits.iter().map(ConnectionPermit::is_reserved).collect::<Vec<_>>(),
            [false, true, true, true, true]
        );
        assert_eq!(watches.iter().map(|watch| watch.is_over()).collect::<Vec<_>>(), [false, true, true, false, false]);
        assert_eq!(connections.count(), 5);
        drop(permits);
        assert_eq!(connections.count(), 0);
        assert!(!connections.open(&watch()).unwrap().is_reserved());
    }

    #[test]
    fn a_health_check_that_is_being_answered_is_the_last_to_make_room() {
        let connections = ConnectionLimit::new(1, 2);
        let watches: Vec<_> = (0..4).map(|_| watch()).collect();
        let mut permits = Vec::new();
        for watch in &watches {
            permits.push(connections.open(watch).unwrap());
            watch.progress(|progress| progress.began(false));
            if permits.len() == 3 {
                watch.progress(|progress| progress.ended(tokio::time::Instant::now()));
            }
        }
        assert_eq!(watches.iter().map(|watch| watch.is_over()).collect::<Vec<_>>(), [false, false, true, false]);
    }
}
