//! The search in code and in files of configuration, for one file of any kind.

use std::{fs, path::Path};

use crate::{code, files, place::Place, report::Report, walk::File};

/// Larger files are not sources.
pub(crate) const LARGEST: u64 = 8 << 20;

/// Looks at a file of a tree. What is too large or cannot be read is said by the search for values, or by the walk.
pub(crate) fn file(file: &File, place: &Place, report: &mut Report) {
    if file.bytes <= LARGEST
        && let Ok(bytes) = fs::read(&file.full)
    {
        check(place, &bytes, report);
    }
}

/// Looks at the content of a file.
pub(crate) fn check(place: &Place, bytes: &[u8], report: &mut Report) {
    match std::str::from_utf8(bytes) {
        Ok(text) if code::is_rust(place.path()) => code::check(place, text, report),
        _ => files::check(place, bytes, report),
    }
}

/// Reports the `.env` files that git tracks.
pub(crate) fn tracked<'p>(paths: impl IntoIterator<Item = &'p Path>, report: &mut Report) {
    paths.into_iter().filter_map(files::tracked).for_each(|finding| report.add(finding));
}
