//! What a scan says while it runs.

use std::{fmt, path::Path};

use crate::report::Counts;

/// What a scan says while it runs.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Progress<'p> {
    /// A tree of so many files begins, or a history, whose objects are not counted before.
    Began(&'p Path, Option<usize>),
    /// One more file or object has been searched.
    Searched,
    /// The tree or the history has been searched.
    Ended(&'p Path, Counts),
}

/// What is told of the progress.
pub(crate) type Tell<'t> = &'t (dyn Fn(Progress<'_>) + Sync);

/// Who is told.
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
