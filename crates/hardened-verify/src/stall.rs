//! What became of a request that is begun and never ended.

use std::time::Duration;

/// How the target took it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stall {
    /// It answered or closed the connection, after this time.
    Ended(Duration),
    /// It still waited after this time.
    Open(Duration),
}
