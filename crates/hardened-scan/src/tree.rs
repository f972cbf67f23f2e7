//! The search of a tree, on all processors.

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
    progress::{Observer, Progress},
    report::{Counts, Report},
    sources,
    values::{Search, Values},
    walk::{self, Bounds, File},
};

/// More threads do not read faster.
const MAX_THREADS: usize = 8;
/// So few files are not worth a thread.
const FILES_OF_A_THREAD: usize = 16;

/// What is looked for.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'w> {
    /// Values, and the search that was made of them.
    pub(crate) values: Option<(&'w Values, &'w Search)>,
    /// Code and files of configuration that have a secret.
    pub(crate) sources: bool,
    pub(crate) bounds: Bounds,
    pub(crate) observer: Observer<'w>,
}

impl<'w> Wanted<'w> {
    pub(crate) fn contents(self) -> Option<Contents<'w>> {
        self.values.map(|(values, search)| Contents::new(values, search, self.bounds))
    }
}

/// Searches files.
pub(crate) fn search(files: &[File], wanted: Wanted<'_>, report: &mut Report) {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let threads = processors.min(MAX_THREADS).min(files.len().div_ceil(FILES_OF_A_THREAD)).max(1);
    let next = AtomicUsize::new(0);
    let whole = Mutex::new(report);
    let work = || {
        let mut contents = wanted.contents();
        let mut own = Report::default();
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            let place = match &mut contents {
                Some(contents) => one(file, contents, &mut own),
                None => {
                    own.count(Counts { files: 1, bytes: file.bytes, ..Counts::default() });
                    Place::file(&file.path)
                }
            };
            if wanted.sources {
                sources::file(file, &place, contents.is_none(), &mut own);
            }
            (wanted.observer.0)(Progress::Searched);
        }
        whole.lock().unwrap_or_else(PoisonError::into_inner).merge(own);
    };
    thread::scope(|scope| {
        (1..threads).for_each(|_| drop(scope.spawn(work)));
        work();
    });
}

fn one(file: &File, contents: &mut Contents<'_>, report: &mut Report) -> Place {
    let place = contents.path(&file.path, report);
    match open(&file.full) {
        Ok(mut source) => contents.read(&mut source, &place, report),
        Err(_) => report.pass(place.clone(), walk::UNREADABLE),
    }
    place
}

/// Opens a regular file. What was one a moment ago may be something else now, and reading would never end.
fn open(path: &Path) -> io::Result<fs::File> {
    let file = fs::File::open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::ErrorKind::InvalidInput.into()) }
}
