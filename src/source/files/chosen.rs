//! Selects the files to read: those named by an argument, a variable or code, or otherwise `hardened.toml`.

use std::path::{Path, PathBuf};

use hardened_core::{dotenv::LOCAL_TOML, journal::Journal, upwards};

use super::file;
use crate::{
    Violation,
    finding::{Name, Part},
    message, rule,
    source::environment::Environment,
};

/// The files that a loader is told to read.
#[derive(Debug, Default)]
pub(crate) struct FileChoice {
    /// The files named in code.
    pub(crate) in_code: Vec<PathBuf>,
    /// The variable that can name files.
    pub(crate) variable: Option<&'static str>,
    /// The argument that can name files, and the files that it was given.
    pub(crate) argument: Option<(&'static str, Vec<PathBuf>)>,
}

/// The files that were named.
pub(super) struct Chosen {
    /// The files that exist. A later file overrides an earlier one.
    pub(super) paths: Vec<PathBuf>,
    /// Whether all of them exist.
    pub(super) are_complete: bool,
}

impl FileChoice {
    /// Returns the files named by the argument, or else by the variable, or else in code. Returns `None` if none is named.
    pub(super) fn named(
        self,
        environment: &Environment,
        directory: Option<&Path>,
        journal: &mut Journal,
    ) -> Option<Chosen> {
        let by_argument = self.argument.filter(|(_, paths)| !paths.is_empty());
        let by_variable = || Some((self.variable?, of_variable(environment, self.variable?)?));
        let in_code = (!self.in_code.is_empty()).then_some(("Loader::files", self.in_code));
        let (by, named) = by_argument.or_else(by_variable).or(in_code)?;
        let mut chosen = Chosen { paths: Vec::new(), are_complete: true };
        let count = named.len();
        for (number, path) in (1_usize..).zip(named) {
            // A test double without a working directory has no directory where a relative path could start.
            let Some(path) = absolute(directory, path) else { continue };
            match mistake(&path) {
                None => chosen.paths.push(path),
                Some(violation) => {
                    let which = if count == 1 { message!("the file") } else { message!("file ", number) };
                    let violation = violation.prefixed(which.with(" that is named here "));
                    journal.report(Name::declared(by).into(), violation);
                    chosen.are_complete = false;
                }
            }
        }
        Some(chosen)
    }
}

/// Returns the comma-separated paths in a variable, or `None` if it is blank.
fn of_variable(environment: &Environment, name: &str) -> Option<Vec<PathBuf>> {
    let value = environment.get(name)?;
    let paths: Vec<PathBuf> = match value.to_str() {
        Some(text) => text.split(',').map(str::trim).filter(|path| !path.is_empty()).map(PathBuf::from).collect(),
        // A path need not be Unicode text.
        None => vec![PathBuf::from(value)],
    };
    (!paths.is_empty()).then_some(paths)
}

fn absolute(directory: Option<&Path>, path: PathBuf) -> Option<PathBuf> {
    if path.is_absolute() { Some(path) } else { directory.map(|directory| directory.join(path)) }
}

/// Returns why a file cannot be read. A path that does not exist is not shown, because it could be a secret.
fn mistake(path: &Path) -> Option<Violation> {
    if path.symlink_metadata().is_err() {
        return Some(
            Violation::new(rule::SOURCE_UNREADABLE, "does not exist").remedy("correct the path, or create the file"),
        );
    }
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let is_other = ["json", "yaml", "yml"].iter().any(|other| extension.eq_ignore_ascii_case(other));
    is_other.then(|| {
        let remedy = "name a TOML file, or read this one with a provider: Loader::figment";
        Violation::new(rule::SOURCE_MALFORMED, "is not TOML").remedy(remedy)
    })
}

/// Searches for `hardened.toml`, from the working directory upwards. In Development and Test, the developer's own file
/// is added, which overrides it.
pub(super) fn searched(directory: Option<&Path>, journal: &mut Journal) -> Vec<PathBuf> {
    let Some(directory) = directory else { return Vec::new() };
    let shared = upwards::find(directory, file::NAME);
    let local = match &shared {
        Some(path) => Some(path.with_file_name(LOCAL_TOML)),
        None if journal.tier().is_hardened() => Some(directory.join(LOCAL_TOML)),
        None => upwards::find(directory, LOCAL_TOML),
    };
    let Some(path) = local.filter(|path| path.symlink_metadata().is_ok()) else { return shared.into_iter().collect() };
    if journal.tier().is_hardened() {
        let fact = message!(Part::existing_path(path), " exists; it is never opened in preview or production");
        journal.report(Name::declared(LOCAL_TOML).into(), Violation::new(rule::SOURCE_IGNORED, fact));
        return shared.into_iter().collect();
    }
    shared.into_iter().chain([path]).collect()
}
