//! One run: what is searched, and for what.

use std::path::{Path, PathBuf};

use crate::{
    report::{Counts, Report},
    tree,
    values::{Search, Values},
    walk::{self, Bounds},
};

/// Searches trees and files for the values of secrets.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path();
/// std::fs::write(path.join("config.js"), "const key = 'kV9w0cW8J3z6oQ2nB7xT' + '5yR1uF4mH8sL'")?;
/// let mut values = hardened_scan::Values::new();
/// values.add("API_KEY", "kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL");
///
/// let report = hardened_scan::Scan::new(&values).path(path).run();
/// assert!(report.is_refusal());
/// assert_eq!(report.findings()[0].place().to_string(), "config.js:1:14");
/// assert_eq!(report.findings()[0].message(), "insecure: the value, in several pieces");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
#[must_use = "nothing is searched until `run` is called"]
pub struct Scan<'v> {
    values: &'v Values,
    paths: Vec<PathBuf>,
    bounds: Bounds,
}

impl<'v> Scan<'v> {
    /// Searches for these values.
    pub fn new(values: &'v Values) -> Self {
        Self { values, paths: Vec::new(), bounds: Bounds::default() }
    }

    /// Searches this tree or file too. What git ignores is left out of a tree, and a file is searched in any case.
    pub fn path(mut self, path: impl AsRef<Path>) -> Self {
        self.paths.push(path.as_ref().to_owned());
        self
    }

    /// Uses other bounds.
    pub fn bounds(mut self, bounds: Bounds) -> Self {
        self.bounds = bounds;
        self
    }

    /// Runs the search.
    #[must_use]
    pub fn run(self) -> Report {
        let mut report = Report::default();
        self.values.account(&mut report);
        let search = Search::new(&self.values.searched);
        report.count(Counts { values: self.values.searched().len(), ..Counts::default() });
        for path in &self.paths {
            let files = walk::files(path, self.bounds, &mut report);
            tree::search(&files, self.values, &search, self.bounds, &mut report);
        }
        report.sort();
        report
    }
}
