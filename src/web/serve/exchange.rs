//! The state that the body of a request and its response share.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::refusal::Refusal;

/// The state of one request that has a body.
#[derive(Debug, Default)]
pub(super) struct Exchange(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// The time at which the current wait for the client began.
    waiting: Option<Instant>,
    /// The total time of earlier waits.
    waited: Duration,
    /// What is wrong with the request body.
    flaw: Option<Refusal>,
    is_answered: bool,
}

impl Exchange {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records that the service wants more of the body than has arrived.
    pub(super) fn wait(&self, now: Instant) {
        self.state().waiting.get_or_insert(now);
    }

    /// Records that more of the body has arrived.
    pub(super) fn go_on(&self, now: Instant) {
        let mut state = self.state();
        if let Some(since) = state.waiting.take() {
            state.waited += now - since;
        }
    }

    /// Returns the total time spent waiting for the client, which the service is not to blame for.
    pub(super) fn waited(&self, now: Instant) -> Duration {
        let state = self.state();
        state.waited + state.waiting.map_or(Duration::ZERO, |since| now - since)
    }

    pub(super) fn spoil(&self, flaw: Refusal) {
        self.state().flaw.get_or_insert(flaw);
    }

    pub(super) fn flaw(&self) -> Option<Refusal> {
        self.state().flaw
    }

    /// Records that the response has begun: a body that still continues is a stream, which may be silent.
    pub(super) fn answer(&self) {
        self.state().is_answered = true;
    }

    pub(super) fn is_answered(&self) -> bool {
        self.state().is_answered
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_that_the_client_takes_is_counted_apart() {
        let (exchange, start) = (Exchange::default(), Instant::now());
        let at = |seconds| start + Duration::from_secs(seconds);
        exchange.wait(at(1));
        exchange.wait(at(2));
        assert_eq!(exchange.waited(at(4)), Duration::from_secs(3));
        exchange.go_on(at(5));
        exchange.go_on(at(6));
        assert_eq!(exchange.waited(at(9)), Duration::from_secs(4));
        exchange.wait(at(10));
        assert_eq!(exchange.waited(at(11)), Duration::from_secs(5));
    }
}
