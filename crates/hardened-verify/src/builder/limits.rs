//! The limits of a run: how many requests it sends, and for how long.

use std::time::Duration;

use super::Builder;
use crate::check::Family;

impl Builder {
    /// Sends at most this many requests; the default is 160.
    #[must_use]
    pub fn max_requests(mut self, most: u32) -> Self {
        self.options.most_requests = most;
        self
    }

    /// Sends at most this many requests at once; the default is 8.
    #[must_use]
    pub fn concurrency(mut self, at_once: usize) -> Self {
        self.options.at_once = at_once;
        self
    }

    /// Ends the run after this time, whatever the target does; the default is 60 s.
    #[must_use]
    pub fn deadline(mut self, time: Duration) -> Self {
        self.options.deadline = time;
        self
    }

    /// Waits this long for one answer; the default is 10 s.
    #[must_use]
    pub fn request_timeout(mut self, time: Duration) -> Self {
        self.options.request_time = time;
        self
    }

    /// Runs only these families.
    #[must_use]
    pub fn only(mut self, families: &[Family]) -> Self {
        self.options.families.retain(|family| families.contains(family));
        self
    }

    /// Skips these checks, named by their identifiers.
    #[must_use]
    pub fn skip(mut self, checks: impl IntoIterator<Item: Into<String>>) -> Self {
        self.options.unasked.extend(checks.into_iter().map(Into::into));
        self
    }

    /// Tries all known attacks, not only the likely ones: up to 120 more requests.
    #[must_use]
    pub fn deep(mut self, deep: bool) -> Self {
        self.options.deep = deep;
        self
    }

    /// Also begins a request and does not finish it, to see whether the target closes the connection. This takes up to 75 s, so
    /// the deadline must be later.
    #[must_use]
    pub fn slow(mut self, slow: bool) -> Self {
        self.options.slow = slow;
        self
    }
}
