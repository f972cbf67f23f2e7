//! The environment of a run: that of the process, or a test double.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::{OsStr, OsString},
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use super::block::Block;

/// The variables of a process, and the few facts about its machine that decide the tier.
///
/// [`Environment::process`] is the real one. Every other environment is a test double: this library never changes the
/// environment of the process.
///
/// ```
/// use hardened::Environment;
///
/// let environment = Environment::empty().set("ENVIRONMENT", "production").set("PORT", "8080");
/// assert!(!format!("{environment:?}").contains("8080"), "values are not shown");
/// ```
#[derive(Clone)]
pub struct Environment(Inner);

impl Environment {
    /// Returns the environment of this process.
    #[must_use]
    pub fn process() -> Self {
        Self(Inner::Process(Arc::default()))
    }

    /// Returns a test double with no variables, on a machine without platform files, in a debug build.
    #[must_use]
    pub fn empty() -> Self {
        Self(Inner::Double(Double::default()))
    }

    /// Returns a test double on top of the environment of this process: variables that it neither sets nor unsets are
    /// those of the process. The process itself is never changed.
    ///
    /// ```
    /// use hardened::{Config, Environment, Loader};
    ///
    /// #[derive(Config)]
    /// struct Settings { port: u16, path: String }
    ///
    /// let environment = Environment::over_process().set("ENVIRONMENT", "test").set("PORT", "0");
    /// let settings = Loader::new().environment(environment).load::<Settings>()?;
    /// assert_eq!(settings.port, 0);
    /// assert_eq!(settings.path, std::env::var("PATH").unwrap());
    /// # Ok::<(), hardened::Refusal>(())
    /// ```
    #[must_use]
    pub fn over_process() -> Self {
        Self(Inner::Double(Double { beneath: Some(BTreeSet::new()), ..Double::default() }))
    }

    /// Sets a variable. On [`process`](Self::process) this returns a test double with only that variable.
    #[must_use]
    pub fn set(self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.change(|double| {
            double.variables.insert(name.into(), vec![value.into()]);
        })
    }

    /// Adds another entry for a name that is already set: `execve` allows several entries with the same name, and
    /// programs differ in which one they read.
    #[must_use]
    pub fn set_again(self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.change(|double| double.variables.entry(name.into()).or_default().push(value.into()))
    }

    /// Removes a variable.
    #[must_use]
    pub fn unset(self, name: impl AsRef<OsStr>) -> Self {
        self.change(|double| {
            double.variables.remove(name.as_ref());
            if let Some(hidden) = &mut double.beneath {
                hidden.insert(name.as_ref().to_owned());
            }
        })
    }

    /// Simulates a platform's marker file, such as `/.dockerenv`.
    #[must_use]
    pub fn marker_file(self, path: impl Into<PathBuf>) -> Self {
        self.change(|double| {
            double.marker_files.insert(path.into());
        })
    }

    /// Simulates a binary without `debug_assertions`, as `cargo build --release` builds it.
    #[must_use]
    pub fn release_build(self) -> Self {
        self.change(|double| double.release_build = true)
    }

    /// Sets the directory in which the upward search for `.env` and `hardened.toml` starts. By default, a test double
    /// has none.
    #[must_use]
    pub fn working_directory(self, path: impl Into<PathBuf>) -> Self {
        self.change(|double| double.working_directory = Some(path.into()))
    }

    fn change(self, change: impl FnOnce(&mut Double)) -> Self {
        let mut double = match self.0 {
            Inner::Process(_) => Double::default(),
            Inner::Double(double) => double,
        };
        change(&mut double);
        double.block = Arc::default();
        Self(Inner::Double(double))
    }

    /// Returns the same environment, without what an earlier run has read from it.
    pub(crate) fn fresh(self) -> Self {
        match self.0 {
            Inner::Process(block) if block.get().is_some() => Self::process(),
            unread => Self(unread),
        }
    }

    /// Returns the values of one variable: `execve` allows several entries with the same name.
    pub(crate) fn entries<'e>(&'e self, name: &str) -> impl Iterator<Item = &'e OsStr> {
        self.block().entries(name)
    }

    /// Returns whether a variable named `prefix` plus `name` may be set. If this is `false`, it is not set.
    pub(crate) fn may_have(&self, prefix: &str, name: &str) -> bool {
        self.block().may_have(prefix, name)
    }

    /// Returns the value of one variable; the first entry if there are several, like `getenv`.
    pub(crate) fn get(&self, name: &str) -> Option<&OsStr> {
        // Nine out of ten variables that are asked for are not set.
        if self.may_have("", name) { self.entries(name).next() } else { None }
    }

    /// Returns the value of one variable, for test helpers that check where it must not appear.
    #[doc(hidden)]
    #[must_use]
    pub fn value_of(&self, name: &str) -> Option<OsString> {
        self.get(name).map(OsStr::to_owned)
    }

    /// Returns the names of all variables that are valid Unicode, for test helpers.
    #[doc(hidden)]
    #[must_use]
    pub fn variable_names(&self) -> Vec<String> {
        self.names().filter_map(|name| name.to_str()).map(str::to_owned).collect()
    }

    /// Returns whether a variable is set, even to a blank value.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Returns the values of one variable: more than one only if several entries have its name and differ.
    pub(crate) fn values(&self, name: &str) -> Vec<&OsStr> {
        let mut values: Vec<_> = self.entries(name).collect();
        if values.iter().all(|value| Some(value) == values.first()) {
            values.truncate(1);
        }
        values
    }

    /// Returns whether several entries have this name, with different values.
    pub(crate) fn differs(&self, name: &str) -> bool {
        let mut entries = self.entries(name);
        let first = entries.next();
        entries.any(|value| Some(value) != first)
    }

    /// Returns the names of all variables.
    pub(crate) fn names(&self) -> impl Iterator<Item = &OsStr> {
        self.block().names().into_iter()
    }

    /// Returns the names of the variables that begin with a prefix.
    pub(crate) fn names_behind<'e>(&'e self, prefix: &'e str) -> impl Iterator<Item = &'e OsStr> {
        self.block().names_behind(prefix)
    }

    fn block(&self) -> &Block {
        match &self.0 {
            Inner::Process(block) => block.get_or_init(|| Block::new(std::env::vars_os(), cfg!(windows))),
            Inner::Double(double) => double.block.get_or_init(|| double.read()),
        }
    }

    /// Returns whether a platform's marker file exists.
    pub(crate) fn has_marker_file(&self, path: &Path) -> bool {
        match &self.0 {
            Inner::Process(_) => path.exists(),
            Inner::Double(double) => double.marker_files.contains(path) || double.is_over_process() && path.exists(),
        }
    }

    /// Returns the directory in which the upward search for files starts.
    pub(crate) fn current_directory(&self) -> Option<PathBuf> {
        match &self.0 {
            Inner::Double(Double { working_directory: Some(own), .. }) => Some(own.clone()),
            Inner::Double(double) if !double.is_over_process() => None,
            _ => std::env::current_dir().ok(),
        }
    }

    /// Returns the directories in which platforms mount secrets, whether they exist or not.
    pub(crate) fn secret_directories(&self) -> Vec<PathBuf> {
        let mut directories = match &self.0 {
            Inner::Double(double) if !double.is_over_process() => Vec::new(),
            _ => vec![PathBuf::from("/run/secrets")],
        };
        directories.extend(self.get("CREDENTIALS_DIRECTORY").map(PathBuf::from));
        directories
    }

    /// Returns whether the binary was built without `debug_assertions`.
    pub(crate) fn is_release_build(&self) -> bool {
        match &self.0 {
            Inner::Process(_) => cfg!(not(debug_assertions)),
            Inner::Double(double) => double.release_build || double.is_over_process() && cfg!(not(debug_assertions)),
        }
    }
}

/// Returns the environment of the process.
impl Default for Environment {
    fn default() -> Self {
        Self::process()
    }
}

/// Creates a test double with the given variables.
impl<N: Into<OsString>, V: Into<OsString>> FromIterator<(N, V)> for Environment {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(variables: I) -> Self {
        variables.into_iter().fold(Self::empty(), |environment, (name, value)| environment.set(name, value))
    }
}

/// Shows the names of a test double's variables, never a value.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Inner::Process(_) => f.write_str("Environment(process)"),
            Inner::Double(double) => {
                write!(f, "Environment{}", if double.is_over_process() { "(over process)" } else { "" })?;
                f.debug_set().entries(double.variables.keys()).finish()
            }
        }
    }
}

#[derive(Clone)]
enum Inner {
    Process(Arc<OnceLock<Block>>),
    Double(Double),
}

#[derive(Clone, Default)]
struct Double {
    variables: BTreeMap<OsString, Vec<OsString>>,
    block: Arc<OnceLock<Block>>,
    marker_files: BTreeSet<PathBuf>,
    release_build: bool,
    working_directory: Option<PathBuf>,
    /// For a double on top of the environment of the process: the variables of the process that it hides.
    beneath: Option<BTreeSet<OsString>>,
}

impl Double {
    fn is_over_process(&self) -> bool {
        self.beneath.is_some()
    }

    /// Returns its variables, and those of the process that it neither sets nor hides.
    fn read(&self) -> Block {
        let own = self.variables.iter();
        let own = own.flat_map(|(name, values)| values.iter().map(|value| (name.clone(), value.clone())));
        let beneath = self.beneath.iter().flat_map(|hidden| {
            let is_hidden =
                move |name: &OsString| self.variables.keys().chain(hidden).any(|own| is_same(own, name, cfg!(windows)));
            std::env::vars_os().filter(move |(name, _)| !is_hidden(name))
        });
        Block::new(own.chain(beneath), self.is_over_process() && cfg!(windows))
    }
}

fn is_same(one: &OsStr, other: &OsStr, folds: bool) -> bool {
    if folds { one.eq_ignore_ascii_case(other) } else { one == other }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_one_name_that_differ_are_all_known() {
        let environment = Environment::empty()
            .set("A", "1")
            .set("B", "1")
            .set_again("B", "1")
            .set("C", "1")
            .set_again("C", "2")
            .set_again("C", "1");
        for (name, values) in [("A", &["1"][..]), ("B", &["1"]), ("C", &["1", "2", "1"]), ("D", &[])] {
            assert_eq!(environment.values(name), values, "{name}");
            assert_eq!(environment.differs(name), values.len() > 1, "{name}");
        }
        assert_eq!(environment.names().collect::<Vec<_>>(), ["A", "B", "C"]);
        assert!(!environment.set("C", "3").differs("C"));
    }
}
