//! The search for secrets in code and configuration files, for a file of any kind.

use std::path::Path;

use crate::{code, files, place::Place, report::Report};

/// Checks the content of a file. `full` is its path on this machine.
pub(crate) fn check(place: &Place, full: &Path, bytes: &[u8], report: &mut Report) {
    if code::is_rust(place.path()) {
        code::check_file(place, full, &String::from_utf8_lossy(bytes), report);
    } else {
        files::check(place, bytes, report);
    }
}

/// Reports the `.env` files that git tracks.
pub(crate) fn tracked<'p>(paths: impl IntoIterator<Item = &'p Path>, report: &mut Report) {
    paths.into_iter().filter_map(files::tracked).for_each(|finding| report.add(finding));
}
