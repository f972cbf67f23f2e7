//! A counter with a limit.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

/// A limit on how many permits can be taken. Taking one never waits: it succeeds or fails at once.
#[derive(Debug)]
pub(super) struct Permits {
    most: usize,
    taken: AtomicUsize,
}

impl Permits {
    pub(super) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { most, taken: AtomicUsize::new(0) })
    }

    /// Takes a permit, if one is free.
    pub(super) fn take(self: &Arc<Self>) -> Option<Permit> {
        let more = |taken| (taken < self.most).then_some(taken + 1);
        self.taken.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).ok()?;
        Some(Permit(Arc::clone(self)))
    }

    /// Returns the number of permits that are taken.
    pub(super) fn count(&self) -> usize {
        self.taken.load(Ordering::Relaxed)
    }
}

/// A permit, which is free again when this is dropped.
#[derive(Debug)]
pub(super) struct Permit(Arc<Permits>);

impl Drop for Permit {
    fn drop(&mut self) {
        self.0.taken.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permit_is_taken_once_and_free_again_afterwards() {
        let permits = Permits::new(2);
        let (first, second) = (permits.take(), permits.take());
        assert!(first.is_some() && second.is_some());
        assert!(permits.take().is_none());
        drop(first);
        assert!(permits.take().is_some());
    }
}
