//! The search in code and in files of configuration, for one file of any kind.

use std::{fs, path::Path};

use crate::{
    code, files,
    place::Place,
    report::Report,
    walk::{self, File},
};

/// Looks at a file of a tree. Where nothing else reads the file, it says that it cannot be read.
pub(crate) fn file(file: &File, place: &Place, is_alone: bool, report: &mut Report) {
    if file.bytes > files::LARGEST {
        return files::too_large(place, report);
    }
    match fs::read(&file.full) {
        Ok(bytes) => check(place, &bytes, report),
        Err(_) if is_alone => report.pass(place.clone(), walk::UNREADABLE),
        Err(_) => {}
    }
}

/// Looks at the content of a file.
pub(crate) fn check(place: &Place, bytes: &[u8], report: &mut Report) {
    if code::is_rust(place.path()) {
        code::check(place, &String::from_utf8_lossy(bytes), report);
    } else {
        files::check(place, bytes, report);
    }
}

/// Reports the `.env` files that git tracks.
pub(crate) fn tracked<'p>(paths: impl IntoIterator<Item = &'p Path>, report: &mut Report) {
    paths.into_iter().filter_map(files::tracked).for_each(|finding| report.add(finding));
}
