//! A search for a file from a directory upwards to the root of the workspace.

use std::{
    borrow::Cow,
    path::{Path, PathBuf},
};

/// The entries that mark the root of a workspace: cargo's lock file and a git repository.
const MARKS: [&str; 2] = ["Cargo.lock", ".git"];

/// Returns the path of the nearest file with this name, searching from `start` up to and including the workspace root.
///
/// The root is the nearest directory with `Cargo.lock` or `.git`. If there is none, as on a server, only `start` is searched,
/// so that files from elsewhere on the machine are never read.
///
/// Any entry with this name is found, including a directory or a looping symbolic link: the reader of the file reports those.
#[must_use]
pub fn find(start: &Path, file_name: &str) -> Option<PathBuf> {
    let start = if start.is_absolute() { start.into() } else { Cow::Owned(std::path::absolute(start).ok()?) };
    let mut path = PathBuf::with_capacity(start.as_os_str().len() + file_name.len() + 1);
    let mut has = |directory: &Path, name: &str| {
        path.clear();
        path.push(directory);
        path.push(name);
        path.symlink_metadata().is_ok()
    };
    // Most services have no such file anywhere, so the root is looked for only after one is found.
    let (found, directory) = start.ancestors().enumerate().find(|(_, directory)| has(directory, file_name))?;
    let mut is_root = |directory: &Path| MARKS.iter().any(|mark| has(directory, mark));
    let is_inside = found == 0 || start.ancestors().position(&mut is_root).is_some_and(|root| found <= root);
    is_inside.then(|| directory.join(file_name))
}

/// Returns the path of the nearest file with this name, searching from `start` up to and including `root`.
#[must_use]
pub fn find_within(root: &Path, start: &Path, file_name: &str) -> Option<PathBuf> {
    let inside = start.ancestors().take_while(|directory| directory.starts_with(root));
    inside.map(|directory| directory.join(file_name)).find(|path| path.symlink_metadata().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A temporary directory, removed when dropped.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str, paths: &[&str]) -> Self {
            let root = std::env::temp_dir().join(format!("hardened-upwards-{}-{name}", std::process::id()));
            for path in paths {
                match path.strip_suffix('/') {
                    Some(directory) => std::fs::create_dir_all(root.join(directory)).unwrap(),
                    None => std::fs::write(root.join(path), "").unwrap(),
                }
            }
            Self(root)
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_file_is_searched_from_the_start_up_to_the_workspace_root() {
        for (case, paths, expected) in [
            ("beside", &["w/a/", "w/Cargo.lock", "w/a/x.toml", "w/x.toml"][..], Some("w/a/x.toml")),
            ("root", &["w/a/", "w/Cargo.lock", "w/x.toml"], Some("w/x.toml")),
            ("between", &["w/a/", "Cargo.lock", "w/x.toml", "x.toml"], Some("w/x.toml")),
            ("repository", &["w/a/", "w/.git/", "w/x.toml"], Some("w/x.toml")),
            ("worktree", &["w/a/", "w/.git", "w/x.toml"], Some("w/x.toml")),
            ("above", &["w/a/", "w/Cargo.lock", "x.toml"], None),
            ("nearest", &["w/a/", "w/.git/", "w/a/Cargo.lock", "w/x.toml"], None),
            ("unmarked", &["w/a/", "w/x.toml"], None),
            ("alone", &["w/a/", "w/a/x.toml"], Some("w/a/x.toml")),
        ] {
            let scratch = Scratch::new(case, paths);
            let found = find(&scratch.0.join("w/a"), "x.toml");
            assert_eq!(found, expected.map(|path| scratch.0.join(path)), "{case}");
        }
    }

    #[test]
    fn a_known_root_ends_the_search() {
        for (case, paths, expected) in [
            ("root-inside", &["w/a/b/", "w/x.toml"][..], Some("w/x.toml")),
            ("root-nearest", &["w/a/b/", "w/a/x.toml", "w/x.toml"], Some("w/a/x.toml")),
            ("root-marked", &["w/a/b/", "w/a/Cargo.lock", "w/x.toml"], Some("w/x.toml")),
            ("root-above", &["w/a/b/", "x.toml"], None),
        ] {
            let scratch = Scratch::new(case, paths);
            let found = find_within(&scratch.0.join("w"), &scratch.0.join("w/a/b"), "x.toml");
            assert_eq!(found, expected.map(|path| scratch.0.join(path)), "{case}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_nowhere_is_found() {
        let scratch = Scratch::new("link", &["w/"]);
        std::os::unix::fs::symlink("x.toml", scratch.0.join("w/x.toml")).unwrap();
        assert_eq!(find(&scratch.0.join("w"), "x.toml"), Some(scratch.0.join("w/x.toml")));
    }
}
