//! The result of a request that is begun and never finished.

use std::time::Duration;

/// The reaction of the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stall {
    /// The target answered or closed the connection after this time.
    Ended(Duration),
    /// The target still waited after this time.
    Open(Duration),
}
