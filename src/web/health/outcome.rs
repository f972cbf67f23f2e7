//! The outcome of one check.

use std::{sync::Arc, time::SystemTime};

use super::ProbeError;

/// The outcome of one check.
#[derive(Debug, Clone)]
pub(super) struct Outcome {
    /// `None` if the service has no database.
    pub(super) database: Option<Result<(), ProbeError>>,
    pub(super) optional: Arc<[(&'static str, Result<(), ProbeError>)]>,
    pub(super) when: SystemTime,
}

impl Outcome {
    /// Creates the outcome of a check that did not complete.
    pub(super) fn failed(why: ProbeError, has_database: bool) -> Self {
        Self { database: has_database.then_some(Err(why)), optional: Arc::default(), when: SystemTime::now() }
    }

    /// Returns whether every required dependency works.
    pub(super) fn is_healthy(&self) -> bool {
        self.database.is_none_or(|database| database.is_ok())
    }

    /// Returns whether the outcome may be cached: only a good one, so that recovery shows at once.
    pub(super) fn is_kept(&self) -> bool {
        self.is_healthy() && !self.warns()
    }

    /// Returns whether an optional dependency fails.
    pub(super) fn warns(&self) -> bool {
        self.optional.iter().any(|(_, outcome)| outcome.is_err())
    }
}
