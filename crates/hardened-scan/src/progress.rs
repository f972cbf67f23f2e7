//! Progress events of a scan.

use std::{fmt, path::Path};

use crate::report::Counts;

/// An event of a running scan.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Progress<'p> {
    /// The search of a path begins, with the number of files in a tree; the objects of a history are not counted in advance.
    Began(&'p Path, Option<usize>),
    /// One more file or object has been searched.
    Searched,
    /// The tree or the history at a path has been searched.
    Ended(&'p Path, Counts),
}

/// A callback for progress events.
pub(crate) type Tell<'t> = &'t (dyn Fn(Progress<'_>) + Sync);

/// The receiver of progress events; by default they are ignored.
#[derive(Clone, Copy)]
pub(crate) struct Observer<'o>(pub(crate) Tell<'o>);

impl Default for Observer<'_> {
    fn default() -> Self {
        Self(&|_| {})
    }
}

impl fmt::Debug for Observer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Observer")
    }
}
