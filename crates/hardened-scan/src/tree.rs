//! The search of a tree, on several threads.

use std::{
    io::Read,
    path::Path,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use zeroize::Zeroizing;

use crate::{
    contents::Contents,
    files,
    place::Place,
    progress::{Observer, Progress},
    report::{Counts, Report},
    sources,
    values::{Search, Values},
    walk::{self, Bounds, File},
};

/// The maximum number of threads; more do not read faster.
const MAX_THREADS: usize = 8;
/// The number of files for which a thread is worth starting.
const FILES_OF_A_THREAD: usize = 16;

/// The targets of a search.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'w> {
    /// The values to search for, and the search prepared for them.
    pub(crate) values: Option<(&'w Values, &'w Search)>,
    /// Whether to search code and configuration files that contain a secret.
    pub(crate) sources: bool,
    pub(crate) bounds: Bounds,
    pub(crate) observer: Observer<'w>,
}

impl<'w> Wanted<'w> {
    pub(crate) fn contents(self) -> Option<Contents<'w>> {
        self.values.map(|(values, search)| Contents::new(values, search, self.bounds))
    }
}

/// Searches files on several threads.
pub(crate) fn search(files: &[File], wanted: Wanted<'_>, report: &mut Report) {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let threads = processors.min(MAX_THREADS).min(files.len().div_ceil(FILES_OF_A_THREAD)).max(1);
    let next = AtomicUsize::new(0);
    let whole = Mutex::new(report);
    let work = || {
        let mut contents = wanted.contents();
        let mut own = Report::default();
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            one(file, wanted, &mut contents, &mut own);
            (wanted.observer.0)(Progress::Searched);
        }
        whole.lock().unwrap_or_else(PoisonError::into_inner).merge(own);
    };
    thread::scope(|scope| {
        (1..threads).for_each(|_| drop(scope.spawn(work)));
        work();
    });
}

fn one(file: &File, wanted: Wanted<'_>, contents: &mut Option<Contents<'_>>, report: &mut Report) {
    let place = match contents {
        Some(contents) => contents.path(&file.path, report),
        None => Place::file(&file.path),
    };
    match walk::open(file, wanted.bounds) {
        Ok((source, length)) => {
            // Reads no more than the length, unless the system reports 0, as in `/proc`.
            let mut source = source.take(if length == 0 { u64::MAX } else { length });
            content(&mut source, length, (&place, &file.full), wanted, contents, report);
        }
        Err(reason) => report.skip(place, reason),
    }
}

/// Searches the content of one file for everything that is wanted. `full` is its path on this machine.
pub(crate) fn content(
    source: &mut dyn Read,
    length: u64,
    (place, full): (&Place, &Path),
    wanted: Wanted<'_>,
    contents: &mut Option<Contents<'_>>,
    report: &mut Report,
) {
    if wanted.sources && length <= files::LARGEST {
        let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(length).unwrap_or_default()));
        // The file may grow in the meantime.
        if source.take(files::LARGEST).read_to_end(&mut bytes).is_err() {
            return report.skip(place.clone(), walk::UNREADABLE);
        }
        sources::check(place, full, &bytes, report);
        contents.iter_mut().for_each(|contents| contents.read(&mut bytes.as_slice(), place, report));
    } else {
        if wanted.sources {
            files::too_large(place, report);
        }
        contents.iter_mut().for_each(|contents| contents.read(&mut *source, place, report));
    }
    if contents.is_none() {
        report.count(Counts { files: 1, bytes: length, ..Counts::default() });
    }
}
