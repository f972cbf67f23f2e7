//! One run: what is searched, and for what.

use std::path::{Path, PathBuf};

use crate::{
    accepted::{Accepted, Date},
    error::Error,
    history::{self, Gone, Repository, Selection},
    report::{Counts, Report},
    tree,
    values::{Search, Values},
    walk::{self, Bounds},
};

/// Searches trees, files and the history of repositories for the values of secrets.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path();
/// std::fs::write(path.join("config.js"), "const key = 'kV9w0cW8J3z6oQ2nB7xT' + '5yR1uF4mH8sL'")?;
/// let mut values = hardened_scan::Values::new();
/// values.add("API_KEY", "kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL");
///
/// let report = hardened_scan::Scan::new(&values).path(path).run()?;
/// assert!(report.is_refusal());
/// assert_eq!(report.findings()[0].place().to_string(), "config.js:1:14");
/// assert_eq!(report.findings()[0].message(), "insecure: the value, in several pieces");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
#[must_use = "nothing is searched until `run` is called"]
pub struct Scan<'v> {
    values: &'v Values,
    paths: Vec<PathBuf>,
    histories: Vec<(PathBuf, Selection)>,
    accepted: Option<Accepted>,
    bounds: Bounds,
}

impl<'v> Scan<'v> {
    /// Searches for these values.
    pub fn new(values: &'v Values) -> Self {
        Self { values, paths: Vec::new(), histories: Vec::new(), accepted: None, bounds: Bounds::default() }
    }

    /// Searches this tree or file too. What git ignores is left out of a tree, unless git tracks it; a file is searched
    /// in any case.
    pub fn path(mut self, path: impl AsRef<Path>) -> Self {
        self.paths.push(path.as_ref().to_owned());
        self
    }

    /// Searches every object of the git repository that the path is in: commits, tags, stashes, deleted files, what
    /// nothing refers to any more, and the submodules that have been fetched. Nothing is fetched for it.
    pub fn history(self, path: impl AsRef<Path>) -> Self {
        self.select(path, Selection::All)
    }

    /// Searches what commits since a date added, as `git log --since` understands dates.
    pub fn history_since(self, path: impl AsRef<Path>, date: &str) -> Self {
        self.select(path, Selection::Since(date.to_owned()))
    }

    /// Searches what the next commit would add.
    pub fn staged(self, path: impl AsRef<Path>) -> Self {
        self.select(path, Selection::Staged)
    }

    fn select(mut self, path: impl AsRef<Path>, selection: Selection) -> Self {
        self.histories.push((path.as_ref().to_owned(), selection));
        self
    }

    /// Leaves out findings that are accepted.
    pub fn accepted(mut self, accepted: Accepted) -> Self {
        self.accepted = Some(accepted);
        self
    }

    /// Uses other bounds.
    pub fn bounds(mut self, bounds: Bounds) -> Self {
        self.bounds = bounds;
        self
    }

    /// Runs the search.
    ///
    /// # Errors
    ///
    /// When there is no value to search for, or nothing to search.
    pub fn run(self) -> Result<Report, Error> {
        if self.values.is_empty() {
            return Err(Error::NoValues);
        }
        let mut report = Report::default();
        self.values.account(&mut report);
        let search = Search::new(&self.values.searched);
        report.count(Counts { values: self.values.searched().len(), ..Counts::default() });
        for path in &self.paths {
            if path.symlink_metadata().is_err() {
                return Err(Error::NoPath(path.clone()));
            }
            let mut files = walk::files(path, self.bounds, &mut report);
            if path.is_dir()
                && let Ok(repository) = Repository::of(path)
            {
                let tracked = repository.tracked_and_ignored().into_iter();
                files.extend(tracked.filter_map(|file| walk::extra(file, path, self.bounds)));
            }
            tree::search(&files, self.values, &search, self.bounds, &mut report);
        }
        for (path, selection) in &self.histories {
            let gone = |gone| match gone {
                Gone::NoGit => Error::NoGit,
                Gone::NotARepository => Error::NotARepository(path.clone()),
                Gone::Failed => Error::GitFailed,
            };
            let repository = Repository::of(path).map_err(gone)?;
            history::search(&repository, selection, self.values, &search, self.bounds, &mut report).map_err(gone)?;
        }
        if let Some(accepted) = &self.accepted {
            accepted.apply(&mut report, Date::today());
        }
        report.sort();
        Ok(report)
    }
}
