//! Runs all probes of a service at once.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use tokio::{task::JoinSet, time::timeout};

use super::{Probe, ProbeError, outcome::Outcome, probe::AnyProbe};

/// The probes for the dependencies of a service.
pub(super) struct Probes {
    database: Option<Box<dyn AnyProbe>>,
    optional: Vec<(&'static str, Arc<dyn AnyProbe>)>,
}

impl Probes {
    pub(super) fn new(database: impl Probe) -> Self {
        Self { database: Some(Box::new(database)), optional: Vec::new() }
    }

    pub(super) fn without_database() -> Self {
        Self { database: None, optional: Vec::new() }
    }

    pub(super) fn has_database(&self) -> bool {
        self.database.is_some()
    }

    pub(super) fn add(&mut self, name: &'static str, probe: impl Probe) {
        self.optional.push((name, Arc::new(probe)));
    }

    /// Runs all probes at once: the database gets most of the deadline, every other probe a quarter.
    pub(super) async fn ask(self: Arc<Self>, deadline: Duration) -> Outcome {
        let mut others = JoinSet::new();
        for (index, (_, probe)) in self.optional.iter().enumerate() {
            let probe = Arc::clone(probe);
            others.spawn(async move { (index, bounded(deadline / 4, &*probe).await) });
        }
        let database = match &self.database {
            Some(database) => Some(bounded(deadline * 8 / 10, &**database).await),
            None => None,
        };
        // A probe that panics delivers no result, so each one starts as failed.
        let mut optional: Vec<_> = self.optional.iter().map(|(name, _)| (*name, Err(ProbeError::Failed))).collect();
        while let Some(joined) = others.join_next().await {
            let Ok((index, outcome)) = joined else { continue };
            if let Some(slot) = optional.get_mut(index) {
                slot.1 = outcome;
            }
        }
        Outcome { database, optional: optional.into(), when: SystemTime::now() }
    }
}

async fn bounded(limit: Duration, probe: &dyn AnyProbe) -> Result<(), ProbeError> {
    timeout(limit, probe.check_within(limit)).await.unwrap_or(Err(ProbeError::Timeout))
}
