//! What one check found out.

use std::{sync::Arc, time::SystemTime};

use super::ProbeError;

/// What one check found out.
#[derive(Debug, Clone)]
pub(super) struct Outcome {
    /// None where there is no database to ask.
    pub(super) database: Option<Result<(), ProbeError>>,
    pub(super) optional: Arc<[(&'static str, Result<(), ProbeError>)]>,
    pub(super) when: SystemTime,
}

impl Outcome {
    /// A check that did not come to an end.
    pub(super) fn failed(why: ProbeError, has_database: bool) -> Self {
        Self { database: has_database.then_some(Err(why)), optional: Arc::default(), when: SystemTime::now() }
    }

    /// Whether everything works that the service cannot do without.
    pub(super) fn is_healthy(&self) -> bool {
        self.database.is_none_or(|database| database.is_ok())
    }

    /// Whether it may be told again for a while: recovery should show at once.
    pub(super) fn is_kept(&self) -> bool {
        self.is_healthy() && !self.warns()
    }

    /// Whether something fails that the service can do without.
    pub(super) fn warns(&self) -> bool {
        self.optional.iter().any(|(_, outcome)| outcome.is_err())
    }
}
