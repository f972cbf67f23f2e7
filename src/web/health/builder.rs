//! The builder of a health check.

use std::{sync::Arc, time::Duration};

use super::{Health, Inner, Probe, flight::Flight, probes::Probes};
use crate::{Tier, layers::Stop};

/// How long a good result is cached.
const TTL: Duration = Duration::from_secs(1);

/// The time within which a check answers.
const DEADLINE: Duration = Duration::from_secs(2);

impl Health {
    /// Creates a health check that probes the database.
    #[must_use]
    pub fn new(tier: Tier, database: impl Probe) -> Self {
        Self::builder(tier, database).build()
    }

    /// Returns a builder to add optional dependencies, a deadline or a cache time.
    pub fn builder(tier: Tier, database: impl Probe) -> HealthBuilder {
        HealthBuilder::new(tier, Probes::new(database))
    }

    /// Returns a builder for a service without a database: `/health` and `/readyz` answer 200, and their document has
    /// no member `database`. Dependencies added with [`optional`](HealthBuilder::optional) are checked as usual.
    ///
    /// ```
    /// use hardened::{Tier, health::Health};
    ///
    /// let health = Health::without_database(Tier::Production).build();
    /// ```
    pub fn without_database(tier: Tier) -> HealthBuilder {
        HealthBuilder::new(tier, Probes::without_database())
    }
}

/// Builds a [`Health`].
#[must_use = "a builder does nothing until `build` is called"]
pub struct HealthBuilder {
    tier: Tier,
    probes: Probes,
    deadline: Duration,
    ttl: Duration,
}

impl HealthBuilder {
    fn new(tier: Tier, probes: Probes) -> Self {
        Self { tier, probes, deadline: DEADLINE, ttl: TTL }
    }

    /// Adds an optional dependency: if it fails, the status is `warn`, still with 200. Its probe gets a quarter of the
    /// deadline, so that it cannot delay the check for long.
    pub fn optional(mut self, name: &'static str, probe: impl Probe) -> Self {
        self.probes.add(name, probe);
        self
    }

    /// Sets the time within which the check answers: 2 s by default, at least 100 ms. Kubernetes waits 1 s by default
    /// (`timeoutSeconds`).
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline.max(Duration::from_millis(100));
        self
    }

    /// Sets how long a good result is cached: 1 s by default; zero disables caching.
    pub fn ttl(mut self, ttl: Duration) -> Self {
        self.ttl = ttl;
        self
    }

    /// Builds the health check.
    #[must_use]
    pub fn build(self) -> Health {
        let Self { tier, probes, deadline, ttl } = self;
        let (probes, flight, stop) = (Arc::new(probes), Flight::new(ttl), Stop::new());
        Health(Arc::new(Inner { tier, probes, deadline, flight, stop }))
    }
}

/// Shows the tier, the deadline and the cache time.
impl std::fmt::Debug for HealthBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { tier, deadline, ttl, .. } = self;
        f.debug_struct("HealthBuilder")
            .field("tier", tier)
            .field("deadline", deadline)
            .field("ttl", ttl)
            .finish_non_exhaustive()
    }
}
