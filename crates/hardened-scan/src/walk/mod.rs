//! The files of a tree, as git sees them: without ignored files, with hidden files.

use std::{
    fs,
    path::{Path, PathBuf},
};

use ignore::{DirEntry, WalkBuilder};

use crate::{place::Place, report::Report};

/// The reason for skipping a file that the system does not open.
pub(crate) const UNREADABLE: &str = "it cannot be read";
/// The reason for skipping a file that is too large.
pub(crate) const TOO_LARGE: &str = "larger than the limit";

/// The limits of a search.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// The maximum number of files in a tree.
    pub files: usize,
    /// The maximum size of a file, in bytes.
    pub bytes: u64,
    /// The maximum number of bytes that one file decompresses to.
    pub expanded: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { files: 2_000_000, bytes: 4 << 30, expanded: 4 << 30 }
    }
}

/// A file of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The path relative to the root of the tree; the name, if the root itself is a file.
    pub path: PathBuf,
    /// The path to open the file with.
    pub full: PathBuf,
}

/// Collects the files of a tree, sorted by path.
///
/// Skips files that git ignores and the directory `.git`, but not hidden files. Does not follow links, so nothing outside the
/// tree is read. Adds to the report what cannot be searched, because it is neither a file nor a directory, or cannot be read.
/// If the root is a file, it is taken even if git ignores it.
pub fn files(root: &Path, bounds: Bounds, report: &mut Report) -> Vec<File> {
    let mut found = Vec::new();
    let is_in_git = is_in_git(root);
    let walk = WalkBuilder::new(root)
        .hidden(false)
        // Ignore files above the root of a repository do not count. Those of exported sources, without a repository, do.
        .require_git(is_in_git)
        .parents(is_in_git)
        // Files named `.ignore` are for other programs.
        .ignore(false)
        .filter_entry(|entry| entry.file_name() != ".git")
        .sort_by_file_name(Ord::cmp)
        .build();
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                unreadable(&error, root, report);
                continue;
            }
        };
        match judge(&entry, root) {
            Judged::Directory => {}
            Judged::Skipped(path, reason) => report.skip(Place::file(path), reason),
            Judged::File(_) if found.len() == bounds.files => {
                report.skip(Place::file(""), "the rest of the tree: it has more files than the limit");
                break;
            }
            Judged::File(file) => found.push(file),
        }
    }
    found
}

/// Returns whether a path is in the working tree of a repository.
pub(crate) fn is_in_git(path: &Path) -> bool {
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    whole.ancestors().any(|folder| folder.join(".git").exists())
}

enum Judged {
    Directory,
    File(File),
    Skipped(PathBuf, &'static str),
}

fn judge(entry: &DirEntry, root: &Path) -> Judged {
    let Some(kind) = entry.file_type() else { return Judged::Directory };
    if kind.is_dir() || kind.is_symlink() {
        // Git stores only the path that a link points to. If its target is in the tree, it is found separately.
        Judged::Directory
    } else if kind.is_file() {
        Judged::File(File { path: below(entry.path(), root), full: entry.path().to_owned() })
    } else {
        Judged::Skipped(below(entry.path(), root), "neither a file nor a directory")
    }
}

/// Returns a file of the tree that the walk has skipped.
pub(crate) fn extra(path: PathBuf, root: &Path) -> Option<File> {
    let full = root.join(&path);
    full.symlink_metadata().is_ok_and(|metadata| metadata.is_file()).then_some(File { path, full })
}

/// Opens a file and returns its length, or why it is not searched. Checks the kind again, because the file may have been replaced
/// by something that never ends.
pub(crate) fn open(file: &File, bounds: Bounds) -> Result<(fs::File, u64), &'static str> {
    let source = fs::File::open(&file.full).map_err(|_| UNREADABLE)?;
    let metadata = source.metadata().map_err(|_| UNREADABLE)?;
    if !metadata.is_file() {
        Err(UNREADABLE)
    } else if metadata.len() > bounds.bytes {
        Err(TOO_LARGE)
    } else {
        Ok((source, metadata.len()))
    }
}

/// Returns the path relative to the root; the name of the root if it is the file itself.
fn below(path: &Path, root: &Path) -> PathBuf {
    match path.strip_prefix(root) {
        Ok(inside) if !inside.as_os_str().is_empty() => inside.to_owned(),
        _ => path.file_name().map_or_else(|| path.to_owned(), PathBuf::from),
    }
}

fn unreadable(error: &ignore::Error, root: &Path, report: &mut Report) {
    let path = path_of(error).map_or_else(PathBuf::new, |path| below(path, root));
    report.skip(Place::file(path), UNREADABLE);
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        root
    }

    fn walked(root: &Path, bounds: Bounds) -> (Vec<String>, Vec<String>) {
        let mut report = Report::default();
        let found = files(root, bounds, &mut report).into_iter().map(|file| file.path.display().to_string()).collect();
        let skipped = report.skipped().iter().map(|skipped| format!("{:?}", skipped.what)).collect();
        (found, skipped)
    }

    #[test]
    fn hidden_files_are_walked_and_ignored_ones_are_not() {
        let root = tree(&[
            (".gitignore", "/target\n.env\n"),
            (".env", "A=b"),
            (".env.bak", "A=b"),
            (".ignore", ".env.bak"),
            (".github/ci.yml", ""),
            (".git/config", ""),
            ("src/main.rs", ""),
            ("target/app", ""),
        ]);
        let (found, skipped) = walked(root.path(), Bounds::default());
        assert_eq!(found, [".env.bak", ".github/ci.yml", ".gitignore", ".ignore", "src/main.rs"]);
        assert!(skipped.is_empty(), "{skipped:?}");
    }

    #[test]
    fn what_git_ignores_ends_where_the_repository_does() {
        let root = tree(&[
            (".gitignore", "*"),
            ("own/.git/config", ""),
            ("own/.gitignore", "b\n"),
            ("own/a", ""),
            ("own/b", ""),
            ("own/in/b", ""),
            ("own/in/c", ""),
            ("exported/.gitignore", "b\n"),
            ("exported/a", ""),
            ("exported/b", ""),
        ]);
        for (folder, expected) in [
            ("own", &[".gitignore", "a", "in/c"][..]),
            ("own/in", &["c"]),
            ("exported", &[".gitignore", "a"]),
            ("", &[".gitignore"][..0]),
        ] {
            assert_eq!(walked(&root.path().join(folder), Bounds::default()).0, expected, "{folder}");
        }
    }

    #[test]
    fn a_root_that_is_a_file_is_walked_even_if_git_ignores_it() {
        let root = tree(&[(".gitignore", "/target\n"), ("target/app", "")]);
        assert_eq!(walked(&root.path().join("target/app"), Bounds::default()).0, ["app"]);
    }

    #[test]
    fn what_is_beyond_a_bound_is_named() {
        let root = tree(&[("a", "12"), ("b", "123"), ("c", "1")]);
        let bounds = Bounds { bytes: 2, ..Bounds::default() };
        let opened = files(root.path(), bounds, &mut Report::default()).into_iter();
        let opened: Vec<_> = opened.map(|file| open(&file, bounds).map(|(_, length)| length)).collect();
        assert_eq!(opened, [Ok(2), Err(TOO_LARGE), Ok(1)]);
        let (found, skipped) = walked(root.path(), Bounds { files: 2, ..Bounds::default() });
        assert_eq!((found.len(), skipped.len()), (2, 1));
    }

    #[cfg(unix)]
    #[test]
    fn links_out_of_the_tree_are_not_followed() {
        let outside = tree(&[("x", "")]);
        let root = tree(&[("a", "")]);
        std::os::unix::fs::symlink(outside.path(), root.path().join("out")).unwrap();
        std::os::unix::fs::symlink("nowhere", root.path().join("dead")).unwrap();
        assert_eq!(walked(root.path(), Bounds::default()), (vec!["a".to_owned()], vec![]));
    }
}
