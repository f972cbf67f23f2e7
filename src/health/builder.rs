//! What a health check is made of.

use std::{
    sync::{Arc, atomic::AtomicBool},
    time::Duration,
};

use super::{Health, Inner, Probe, flight::Flight, probes::Probes};
use crate::Tier;

/// How long a good outcome is kept.
const TTL: Duration = Duration::from_secs(1);

/// The time for an answer.
const DEADLINE: Duration = Duration::from_secs(2);

/// Makes a [`Health`].
#[must_use = "a builder does nothing until `build` is called"]
pub struct HealthBuilder {
    tier: Tier,
    probes: Probes,
    deadline: Duration,
    ttl: Duration,
}

impl HealthBuilder {
    pub(super) fn new(tier: Tier, probes: Probes) -> Self {
        Self { tier, probes, deadline: DEADLINE, ttl: TTL }
    }

    /// Adds a dependency that the service can do without: when it fails, the status is `warn`, still with 200. It has a
    /// quarter of the deadline, so that it delays nobody for long.
    pub fn optional(mut self, name: &'static str, probe: impl Probe) -> Self {
        self.probes.add(name, probe);
        self
    }

    /// The time within which there is an answer: 2 s unless set, at least 100 ms. Kubernetes waits for 1 s unless told
    /// otherwise (`timeoutSeconds`).
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline.max(Duration::from_millis(100));
        self
    }

    /// How long a good outcome is kept: 1 s unless set; zero keeps none.
    pub fn ttl(mut self, ttl: Duration) -> Self {
        self.ttl = ttl;
        self
    }

    /// The health check.
    #[must_use]
    pub fn build(self) -> Health {
        let Self { tier, probes, deadline, ttl } = self;
        let (probes, flight, draining) = (Arc::new(probes), Flight::new(ttl), AtomicBool::new(false));
        Health(Arc::new(Inner { tier, probes, deadline, flight, draining }))
    }
}

/// Shows the tier and the times.
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
