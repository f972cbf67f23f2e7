//! The search of a tree for code and configuration that hold a secret, or take one from where they should not.

use std::{fs, io::Read, path::Path};

use crate::{
    code, files, parallel,
    place::Place,
    report::{Counts, Report},
    tree,
    walk::{self, Bounds, File},
};

/// Looks through a tree, as git sees it, and reports what the rules of [`code`] and of [`files`] say. No value of a secret is
/// needed.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path();
/// std::fs::write(path.join("main.rs"), "fn key() { std::env::var(\"JWT_SECRET\").unwrap_or(\"dev\".into()); }")?;
///
/// let report = hardened_scan::sources::search(path, Default::default());
/// let found = &report.findings()[0];
/// assert_eq!(found.rule().code(), "scan-code-fallback");
/// assert_eq!(found.place().to_string(), "main.rs:1:50");
/// assert_eq!(found.message(), "prohibited: the code takes a text of its own when this secret is not set");
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// **What it cannot guarantee.** It knows names and forms. A secret under a name that says nothing of it, or one that code
/// puts together while it runs, is found by its value alone.
#[must_use]
pub fn search(root: &Path, bounds: Bounds) -> Report {
    let mut report = Report::default();
    let files = walk::files(root, bounds, &mut report);
    parallel::each(&files, Vec::new, one, &mut report);
    report.sort();
    report
}

fn one(file: &File, bytes: &mut Vec<u8>, report: &mut Report) {
    let place = Place::file(&file.path);
    bytes.clear();
    if file.bytes > files::LARGEST {
        return files::too_large(&place, report);
    }
    if tree::open(&file.full).and_then(|source| read(source, bytes)).is_err() {
        return report.pass(place, walk::UNREADABLE);
    }
    report.count(Counts { files: 1, bytes: bytes.len() as u64, ..Counts::default() });
    if code::is_rust(&file.path) {
        code::check(&place, &String::from_utf8_lossy(bytes), report);
    } else {
        files::check(&place, bytes, report);
    }
}

/// Reads no more than the bound, however long the file has become.
fn read(source: fs::File, bytes: &mut Vec<u8>) -> std::io::Result<usize> {
    source.take(files::LARGEST).read_to_end(bytes)
}
