//! The search of a tree for values, on all processors.

use std::{
    fs, io,
    path::Path,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use crate::{
    contents::Contents,
    place::Place,
    report::Report,
    values::{Search, Values},
    walk::{self, Bounds, File},
};

/// More threads do not read faster.
const MAX_THREADS: usize = 8;
/// So few files are not worth a thread.
const FILES_OF_A_THREAD: usize = 16;

/// Searches files for values.
pub(crate) fn search(files: &[File], values: &Values, search: &Search, bounds: Bounds, report: &mut Report) {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let threads = processors.min(MAX_THREADS).min(files.len().div_ceil(FILES_OF_A_THREAD)).max(1);
    let next = AtomicUsize::new(0);
    let whole = Mutex::new(report);
    let work = || {
        let mut contents = Contents::new(values, search, bounds);
        let mut own = Report::default();
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            one(file, &mut contents, &mut own);
        }
        whole.lock().unwrap_or_else(PoisonError::into_inner).merge(own);
    };
    thread::scope(|scope| {
        (1..threads).for_each(|_| drop(scope.spawn(work)));
        work();
    });
}

fn one(file: &File, contents: &mut Contents<'_>, report: &mut Report) {
    let place = contents.name(&file.path.to_string_lossy(), |name| named(file, name), report);
    match open(&file.full) {
        Ok(mut source) => contents.read(&mut source, &place, report),
        Err(_) => report.pass(place, walk::UNREADABLE),
    }
}

/// The place of a file, by its path where nothing had to be replaced in it.
fn named(file: &File, name: &str) -> Place {
    if file.path.to_string_lossy() == name { Place::file(&file.path) } else { Place::file(name) }
}

/// Opens a regular file. What was one a moment ago may be something else now, and reading would never end.
fn open(path: &Path) -> io::Result<fs::File> {
    let file = fs::File::open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::ErrorKind::InvalidInput.into()) }
}
