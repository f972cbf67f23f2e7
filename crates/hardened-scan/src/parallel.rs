//! Work on files, on all processors.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use crate::{report::Report, walk::File};

/// More threads do not read faster.
const MAX_THREADS: usize = 8;
/// So few files are not worth a thread.
const FILES_OF_A_THREAD: usize = 16;

/// Calls a function with each file. Every thread has a state and a report of its own.
pub(crate) fn each<S>(
    files: &[File],
    start: impl Fn() -> S + Sync,
    one: impl Fn(&File, &mut S, &mut Report) + Sync,
    report: &mut Report,
) {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let threads = processors.min(MAX_THREADS).min(files.len().div_ceil(FILES_OF_A_THREAD)).max(1);
    let next = AtomicUsize::new(0);
    let whole = Mutex::new(report);
    let work = || {
        let mut state = start();
        let mut own = Report::default();
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            one(file, &mut state, &mut own);
        }
        whole.lock().unwrap_or_else(PoisonError::into_inner).merge(own);
    };
    thread::scope(|scope| {
        (1..threads).for_each(|_| drop(scope.spawn(work)));
        work();
    });
}
