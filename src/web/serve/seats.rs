//! A number of places, each taken by one thing at a time.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

/// A limit. Nobody waits for a place: there is one, or there is none.
#[derive(Debug)]
pub(super) struct Seats {
    most: usize,
    taken: AtomicUsize,
}

impl Seats {
    pub(super) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { most, taken: AtomicUsize::new(0) })
    }

    /// Takes a place, if there is one.
    pub(super) fn take(self: &Arc<Self>) -> Option<Seat> {
        let more = |taken| (taken < self.most).then_some(taken + 1);
        self.taken.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).ok()?;
        Some(Seat(Arc::clone(self)))
    }

    /// How many places are taken.
    pub(super) fn count(&self) -> usize {
        self.taken.load(Ordering::Relaxed)
    }
}

/// A place that is free again when this is dropped.
#[derive(Debug)]
pub(super) struct Seat(Arc<Seats>);

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.taken.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_taken_once_and_free_again_afterwards() {
        let seats = Seats::new(2);
        let (first, second) = (seats.take(), seats.take());
        assert!(first.is_some() && second.is_some());
        assert!(seats.take().is_none());
        drop(first);
        assert!(seats.take().is_some());
    }
}
