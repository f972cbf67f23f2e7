//! The events of a run.

use std::sync::Arc;

use crate::{check::Family, outcome::Outcome};

/// An event of a run.
#[derive(Debug)]
#[non_exhaustive]
pub enum Progress<'a> {
    /// A request of a family is about to be sent.
    Sent(Family),
    /// A family ended with these outcomes.
    Ended(Family, &'a [Outcome]),
}

/// The callback for events.
type Observe = dyn Fn(&Progress<'_>) + Send + Sync;

/// The optional receiver of events.
#[derive(Clone, Default)]
pub(crate) struct Observer(Option<Arc<Observe>>);

impl Observer {
    pub(crate) fn new(observe: impl Fn(&Progress<'_>) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(observe)))
    }

    pub(crate) fn tell(&self, progress: &Progress<'_>) {
        if let Some(observe) = &self.0 {
            observe(progress);
        }
    }
}
