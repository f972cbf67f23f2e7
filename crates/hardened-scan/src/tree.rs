//! The search of a tree for values.

use std::{fs, io, path::Path};

use crate::{
    contents::Contents,
    parallel,
    place::Place,
    report::Report,
    values::{Search, Values},
    walk::{self, Bounds, File},
};

/// Searches files for values.
pub(crate) fn search(files: &[File], values: &Values, search: &Search, bounds: Bounds, report: &mut Report) {
    parallel::each(files, || Contents::new(values, search, bounds), one, report);
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
pub(crate) fn open(path: &Path) -> io::Result<fs::File> {
    let file = fs::File::open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::ErrorKind::InvalidInput.into()) }
}
