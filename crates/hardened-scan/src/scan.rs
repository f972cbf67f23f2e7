//! The configuration and execution of a scan.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use crate::{
    accepted::{Accepted, Date, Searched},
    error::Error,
    history::{self, Done, Gone, Repository, Selection},
    progress::{Observer, Progress},
    report::Report,
    sources,
    tree::{self, Wanted},
    values::{Search, Values},
    walk::{self, Bounds},
};

/// A search of trees, files and git histories, for the values of secrets or for code that contains a secret.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path();
/// std::fs::write(path.join("config.js"), "const key = 'kV9w0cW8J3z6oQ2nB7xT' + '5yR1uF4mH8sL'")?;
/// let mut values = hardened_scan::Values::new();
/// values.add("API_KEY", "kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL");
///
/// let report = hardened_scan::Scan::values(&values).path(path).run()?;
/// assert!(report.is_refusal());
/// assert_eq!(report.findings()[0].place().to_string(), "config.js:1:14");
/// assert_eq!(report.findings()[0].message(), "insecure: the value, in several pieces");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
#[must_use = "nothing is searched until `run` is called"]
pub struct Scan<'v> {
    values: Option<&'v Values>,
    sources: bool,
    paths: Vec<PathBuf>,
    histories: Vec<(PathBuf, Selection)>,
    accepted: Option<Accepted>,
    resume: Option<PathBuf>,
    bounds: Bounds,
    needs_values: bool,
    observer: Observer<'v>,
}

impl<'v> Scan<'v> {
    /// Creates a search for these values.
    pub fn values(values: &'v Values) -> Self {
        Self { values: Some(values), sources: false, ..Self::sources() }
    }

    /// Creates a search for code and configuration files that contain a secret, whatever its value: see [`code`](crate::code)
    /// and [`files`](crate::files).
    pub fn sources() -> Self {
        Self {
            values: None,
            sources: true,
            paths: Vec::new(),
            histories: Vec::new(),
            accepted: None,
            resume: None,
            bounds: Bounds::default(),
            needs_values: true,
            observer: Observer::default(),
        }
    }

    /// Also searches for code and configuration files that contain a secret.
    pub fn and_sources(mut self) -> Self {
        self.sources = true;
        self
    }

    /// Adds a tree or a file. In a tree, files that git ignores are skipped unless git tracks them; a single file is always
    /// searched.
    pub fn path(mut self, path: impl AsRef<Path>) -> Self {
        self.paths.push(path.as_ref().to_owned());
        self
    }

    /// Adds every object of the git repository that contains the path, to search for values: commits, tags, stashes, deleted
    /// files, unreachable objects, and the submodules that are already fetched. It does not fetch anything.
    pub fn history(self, path: impl AsRef<Path>) -> Self {
        self.select(path, Selection::All)
    }

    /// Adds what commits since a date added, to search for values. Git parses the date, as in `git log --since`.
    pub fn history_since(self, path: impl AsRef<Path>, date: &str) -> Self {
        self.select(path, Selection::Since(date.to_owned()))
    }

    /// Adds the staged changes, which the next commit would contain.
    pub fn staged(self, path: impl AsRef<Path>) -> Self {
        self.select(path, Selection::Staged)
    }

    fn select(mut self, path: impl AsRef<Path>, selection: Selection) -> Self {
        self.histories.push((path.as_ref().to_owned(), selection));
        self
    }

    /// Leaves out accepted findings.
    pub fn accepted(mut self, accepted: Accepted) -> Self {
        self.accepted = Some(accepted);
        self
    }

    /// Skips the objects of a history in which an earlier run with this file found nothing for the same values, and records those
    /// of this run. An interrupted search can continue this way, and the next one reads only new objects.
    ///
    /// The file contains the names of objects but no value. It has a salted hash of all values together, which 100 000 rounds
    /// make slow to guess. For different values, everything is searched again.
    pub fn resume(mut self, file: impl AsRef<Path>) -> Self {
        self.resume = Some(file.as_ref().to_owned());
        self
    }

    /// Searches code and configuration files even if there is no value to search for. The report then says that values were not
    /// searched.
    pub fn values_if_set(mut self) -> Self {
        self.needs_values = false;
        self
    }

    /// Sets a callback for progress. Several threads call it while the search runs.
    pub fn observe(mut self, tell: &'v (dyn Fn(Progress<'_>) + Sync)) -> Self {
        self.observer = Observer(tell);
        self
    }

    /// Sets the bounds of the search.
    pub fn bounds(mut self, bounds: Bounds) -> Self {
        self.bounds = bounds;
        self
    }

    /// Runs the search.
    ///
    /// # Errors
    ///
    /// When there is no value to search for, or nothing to search. A path without a searchable file is an error, so that it is
    /// not mistaken for one where nothing was found.
    pub fn run(self) -> Result<Report, Error> {
        let mut report = Report::default();
        if let Some(values) = self.values {
            values.account(&mut report);
            if values.is_empty() && (self.needs_values || !self.sources) {
                return Err(Error::NoValues(report.skipped().to_vec()));
            }
        }
        let values = self.values.filter(|values| !values.is_empty());
        let search = values.map(|values| Search::new(&values.searched));
        let wanted = Wanted {
            values: values.zip(search.as_ref()),
            sources: self.sources,
            bounds: self.bounds,
            observer: self.observer,
        };
        for path in &self.paths {
            let is_alone = self.histories.iter().all(|(other, _)| other != path);
            walk_over(path, is_alone, wanted, &mut report)?;
        }
        let mut done = match (&self.resume, self.values) {
            (Some(file), Some(values)) => Some(Done::open(file, values)?),
            _ => None,
        };
        let mut repositories = BTreeSet::new();
        for (path, selection) in &self.histories {
            let gone = |gone| match gone {
                Gone::NoGit => Error::NoGit,
                Gone::NotARepository => Error::NotARepository(path.clone()),
                Gone::NotPast => Error::NotPast,
                Gone::Failed => Error::GitFailed,
            };
            let repository = Repository::of(path).map_err(gone)?;
            // Staged changes belong to one working tree, but the history to all of them.
            if *selection != Selection::Staged && !repositories.insert(repository.directory.clone()) {
                continue;
            }
            let mut own = Report::default();
            (self.observer.0)(Progress::Began(path, None));
            history::search(&repository, selection, wanted, done.as_mut(), &mut own).map_err(gone)?;
            (self.observer.0)(Progress::Ended(path, own.counts()));
            if *selection == Selection::All && values.is_some() && own.counts().objects + own.counts().known == 0 {
                return Err(Error::Nothing { path: path.clone(), why: "the repository has no object".to_owned() });
            }
            report.merge(own);
        }
        if let Some(accepted) = &self.accepted {
            let searched = Searched {
                values: values.is_some(),
                sources: self.sources,
                trees: self.paths.iter().any(|path| path.is_dir()),
                histories: self.histories.iter().any(|(_, selection)| *selection == Selection::All),
            };
            accepted.apply(&mut report, searched, Date::today());
        }
        report.sort();
        Ok(report)
    }
}

/// Searches a tree or a file. Returns an error if a path that has no history search contains no searchable file.
fn walk_over(path: &Path, is_alone: bool, wanted: Wanted<'_>, report: &mut Report) -> Result<(), Error> {
    if path.symlink_metadata().is_err() {
        return Err(Error::NoPath(path.to_owned()));
    }
    let mut own = Report::default();
    let mut files = walk::files(path, wanted.bounds, &mut own);
    if path.is_dir()
        && walk::is_in_git(path)
        && let Ok(repository) = Repository::of(path)
    {
        let left_out = repository.tracked_and_ignored().into_iter();
        files.extend(left_out.filter_map(|file| walk::extra(file, path)));
        if wanted.sources {
            sources::tracked(repository.tracked().iter().map(PathBuf::as_path), &mut own);
        }
    }
    (wanted.observer.0)(Progress::Began(path, Some(files.len())));
    tree::search(&files, wanted, &mut own);
    (wanted.observer.0)(Progress::Ended(path, own.counts()));
    if is_alone && own.counts().files == 0 {
        let why =
            own.skipped().first().map_or("there is no file to search".to_owned(), |skipped| skipped.reason.to_string());
        return Err(Error::Nothing { path: path.to_owned(), why });
    }
    report.merge(own);
    Ok(())
}
