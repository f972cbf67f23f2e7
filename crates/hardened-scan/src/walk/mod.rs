//! The files of a tree, as git sees them: without what is ignored, with what is hidden.

use std::{
    fs,
    path::{Path, PathBuf},
};

use ignore::{DirEntry, WalkBuilder};

use crate::{place::Place, report::Report};

/// Why a file is not searched that the system does not open.
pub(crate) const UNREADABLE: &str = "the system does not let it be read";
/// Why a file is not searched that has too many bytes.
pub(crate) const TOO_LARGE: &str = "larger than the limit";

/// What bounds a search.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// The most files of one tree.
    pub files: usize,
    /// The most bytes of one file.
    pub bytes: u64,
    /// The most bytes that come out of one file that is compressed.
    pub expanded: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { files: 2_000_000, bytes: 4 << 30, expanded: 4 << 30 }
    }
}

/// One file of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The path from the root of the tree; the name, if the root itself is the file.
    pub path: PathBuf,
    /// The path to open it with.
    pub full: PathBuf,
}

/// Collects the files of a tree, in the order of their paths.
///
/// What git ignores is left out, and the directory `.git`; hidden files are not. Links are not followed, so nothing
/// outside of the tree is read. What is there and cannot be searched is noted in the report: it is neither file nor
/// directory, or may not be read. A root that is a file itself is taken even if git ignores it.
pub fn files(root: &Path, bounds: Bounds, report: &mut Report) -> Vec<File> {
    let mut found = Vec::new();
    let is_in_git = is_in_git(root);
    let walk = WalkBuilder::new(root)
        .hidden(false)
        // In a repository, what is above it says nothing; sources that were exported have none.
        .require_git(is_in_git)
        .parents(is_in_git)
        // A file called `.ignore` is for other programs.
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
            Judged::Passed(path, reason) => report.pass(Place::file(path), reason),
            Judged::File(_) if found.len() == bounds.files => {
                report.pass(Place::file(""), "the rest of the tree: it has more files than the limit");
                break;
            }
            Judged::File(file) => found.push(file),
        }
    }
    found
}

/// Whether a path is in the working tree of a repository.
pub(crate) fn is_in_git(path: &Path) -> bool {
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    whole.ancestors().any(|folder| folder.join(".git").exists())
}

enum Judged {
    Directory,
    File(File),
    Passed(PathBuf, &'static str),
}

fn judge(entry: &DirEntry, root: &Path) -> Judged {
    let Some(kind) = entry.file_type() else { return Judged::Directory };
    if kind.is_dir() || kind.is_symlink() {
        // Git keeps the name of a link's target alone. A target inside of the tree has its own turn.
        Judged::Directory
    } else if kind.is_file() {
        Judged::File(File { path: below(entry.path(), root), full: entry.path().to_owned() })
    } else {
        Judged::Passed(below(entry.path(), root), "neither a file nor a directory")
    }
}

/// A file of the tree that the walk has left out.
pub(crate) fn extra(path: PathBuf, root: &Path) -> Option<File> {
    let full = root.join(&path);
    full.symlink_metadata().is_ok_and(|metadata| metadata.is_file()).then_some(File { path, full })
}

/// Opens a file, and returns its length; or why it is not searched. What was a file a moment ago may be something else
/// now, and reading would never end.
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

/// The path from the root; the name of the root where it is the file itself.
fn below(path: &Path, root: &Path) -> PathBuf {
    match path.strip_prefix(root) {
        Ok(inside) if !inside.as_os_str().is_empty() => inside.to_owned(),
        _ => path.file_name().map_or_else(|| path.to_owned(), PathBuf::from),
    }
}

fn unreadable(error: &ignore::Error, root: &Path, report: &mut Report) {
    let path = path_of(error).map_or_else(PathBuf::new, |path| below(path, root));
    report.pass(Place::file(path), UNREADABLE);
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
        let passed = report.passed().iter().map(|passed| format!("{:?}", passed.what)).collect();
        (found, passed)
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
        let (found, passed) = walked(root.path(), Bounds::default());
        assert_eq!(found, [".env.bak", ".github/ci.yml", ".gitignore", ".ignore", "src/main.rs"]);
        assert!(passed.is_empty(), "{passed:?}");
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
        let (found, passed) = walked(root.path(), Bounds { files: 2, ..Bounds::default() });
        assert_eq!((found.len(), passed.len()), (2, 1));
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
