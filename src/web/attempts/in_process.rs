//! Counts attempts in the memory of this process.

use std::{
    convert::Infallible,
    fmt,
    hash::{BuildHasher, RandomState},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use governor::{RateLimiter, clock::Clock, middleware::StateInformationMiddleware};
use tokio::time::Instant;

use super::{
    store::{Attempt, AttemptKey, AttemptStore, Quota},
    table::{Place, Table},
};

/// Counts attempts in the memory of this process; with several processes, each counts separately.
///
/// Its memory is bounded: about 600 KB for each quota, however many clients there are. When it is full, it first
/// forgets those who get their attempts back soonest.
pub struct InProcess {
    hashers: [RandomState; 2],
    clock: Uptime,
    /// A service has one or two of them.
    limiters: Mutex<Vec<(Quota, Arc<Limiter>)>>,
}

type Limiter = RateLimiter<Place, Table, Uptime, StateInformationMiddleware>;

/// A clock that counts from its creation.
#[derive(Debug, Clone, Copy)]
struct Uptime(Instant);

impl Clock for Uptime {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

impl InProcess {
    /// Creates a store that has not counted any attempts.
    #[must_use]
    pub fn new() -> Self {
        Self { hashers: Default::default(), clock: Uptime(Instant::now()), limiters: Mutex::default() }
    }

    pub(super) fn count(&self, key: &AttemptKey, quota: Quota) -> Attempt {
        let [set, tag] = &self.hashers;
        let place = Place { set: set.hash_one(key), tag: tag.hash_one(key) };
        match self.limiter(quota).check_key(&place) {
            Ok(state) => Attempt::Allowed { remaining: state.remaining_burst_capacity() },
            Err(until) => Attempt::Refused { wait: until.wait_time_from(self.clock.now()) },
        }
    }

    fn limiter(&self, quota: Quota) -> Arc<Limiter> {
        let mut limiters = self.limiters.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, limiter)) = limiters.iter().find(|(known, _)| *known == quota) {
            return limiter.clone();
        }
        let limiter: Arc<Limiter> = Arc::new(RateLimiter::new(rate(quota), Table::new(), self.clock));
        limiters.push((quota, limiter.clone()));
        limiter
    }
}

/// Returns the rate: the window divided by the number of attempts is the time after which one attempt comes back.
fn rate(quota: Quota) -> governor::Quota {
    let one = (quota.window / quota.attempts.get()).max(Duration::from_nanos(1));
    let per_second = governor::Quota::per_second(quota.attempts);
    governor::Quota::with_period(one).unwrap_or(per_second).allow_burst(quota.attempts)
}

impl Default for InProcess {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for InProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InProcess").finish_non_exhaustive()
    }
}

impl AttemptStore for InProcess {
    type Error = Infallible;

    async fn attempt(&self, key: &AttemptKey, quota: Quota) -> Result<Attempt, Infallible> {
        Ok(self.count(key, quota))
    }
}

#[cfg(test)]
mod tests {
    use std::{net::IpAddr, num::NonZeroU32};

    use super::*;

    const QUOTA: Quota = Quota { attempts: NonZeroU32::new(30).unwrap(), window: Duration::from_secs(60) };

    fn key(client: u32) -> AttemptKey {
        AttemptKey::new("sign-in", IpAddr::from(client.to_be_bytes()), None)
    }

    #[tokio::test(start_paused = true)]
    async fn a_million_clients_do_not_make_it_forget_one_that_is_held_back() {
        let counts = InProcess::new();
        while matches!(counts.count(&key(0), QUOTA), Attempt::Allowed { .. }) {}
        for client in 1..=1_000_000 {
            assert_eq!(counts.count(&key(client), QUOTA), Attempt::Allowed { remaining: 29 });
        }
        assert!(matches!(counts.count(&key(0), QUOTA), Attempt::Refused { .. }));
    }

    #[tokio::test(start_paused = true)]
    async fn a_clients_attempts_are_back_after_the_window() {
        let counts = InProcess::new();
        for remaining in (0..30).rev() {
            assert_eq!(counts.count(&key(7), QUOTA), Attempt::Allowed { remaining });
        }
        assert_eq!(counts.count(&key(7), QUOTA), Attempt::Refused { wait: Duration::from_secs(2) });
        tokio::time::advance(Duration::from_secs(60)).await;
        assert_eq!(counts.count(&key(7), QUOTA), Attempt::Allowed { remaining: 29 });
    }
}
