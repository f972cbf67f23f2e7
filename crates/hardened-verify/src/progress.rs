//! What happens while a run lasts.

use std::sync::Arc;

use crate::{check::Family, outcome::Outcome};

/// Something that happened in a run.
#[derive(Debug)]
#[non_exhaustive]
pub enum Progress<'a> {
    /// A request of a family is sent.
    Sent(Family),
    /// A family ended.
    Ended(Family, &'a [Outcome]),
}

/// What is called.
type Observe = dyn Fn(&Progress<'_>) + Send + Sync;

/// Who is told.
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
