//! What stands for `hardened.toml` and providers in a build without the feature `files`: nothing is read.

use super::{lookup::Found, session::Session};
use crate::{Violation, report::Provenance};

/// Nothing to choose.
#[derive(Debug, Default)]
pub(super) struct Options {}

impl Options {
    /// There are none.
    pub(super) fn leave_out_providers(&mut self) {}
}

/// Nothing to find.
#[derive(Default)]
pub(super) struct Files {}

impl Files {
    /// Reads nothing.
    pub(super) fn read(_: &mut Session, _: Options) -> Self {
        Self {}
    }

    /// Finds nothing.
    pub(super) fn find(&self, _: &str) -> Option<Result<Found, (Violation, Provenance)>> {
        None
    }

    /// Has nothing.
    pub(super) fn has(&self, _: &str) -> bool {
        false
    }

    /// Always empty.
    pub(super) fn is_empty(&self) -> bool {
        true
    }

    /// What is not read is not broken.
    pub(super) fn is_broken(&self) -> bool {
        false
    }
}
