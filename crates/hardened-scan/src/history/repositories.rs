//! A repository and its submodules that are on this machine.

use std::{collections::BTreeSet, fs, path::Path};

use super::git::Repository;

/// The maximum depth of folders and nested submodules that is searched.
const MAX_DEPTH: usize = 8;

/// Returns the repository and, after it, those that its directory contains for submodules, each once.
pub(super) fn with_submodules(repository: &Repository) -> Vec<Repository> {
    let mut found = vec![repository.clone()];
    let mut known = BTreeSet::from([repository.directory.clone()]);
    below(&repository.directory.join("modules"), MAX_DEPTH, &mut |directory| {
        if known.insert(directory.to_owned()) {
            found.push(Repository { directory: directory.to_owned(), at: repository.at.clone() });
        }
    });
    found
}

/// Calls `each` for the repositories below a folder. Submodule names may contain slashes, so they can be several folders down.
fn below(folder: &Path, depth: usize, each: &mut impl FnMut(&Path)) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir() && !path.is_symlink()) {
        if depth == 0 {
            return;
        }
        if path.join("objects").is_dir() && path.join("HEAD").is_file() {
            each(&path);
            below(&path.join("modules"), depth - 1, each);
        } else {
            below(&path, depth - 1, each);
        }
    }
}
