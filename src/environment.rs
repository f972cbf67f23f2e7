//! Where values are read: the process, or a double that a test fills.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::{OsStr, OsString},
    fmt,
    path::{Path, PathBuf},
};

use zeroize::Zeroize;

/// The variables of a process, and the few facts about its machine that decide a tier.
///
/// [`Environment::process`] is the real one. Every other is a double of the test's own: nothing in this library ever
/// changes the environment of the process.
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
    /// The environment of this process.
    #[must_use]
    pub fn process() -> Self {
        Self(Inner::Process)
    }

    /// A double without any variable, on a machine without any platform's files, in a debug build.
    #[must_use]
    pub fn empty() -> Self {
        Self(Inner::Double(Double::default()))
    }

    /// Sets a variable. On the environment of the process this makes a double with that one variable.
    #[must_use]
    pub fn set(self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.change(|double| {
            double.variables.insert(name.into(), value.into());
        })
    }

    /// Takes a variable away.
    #[must_use]
    pub fn unset(self, name: impl AsRef<OsStr>) -> Self {
        self.change(|double| {
            double.variables.remove(name.as_ref());
        })
    }

    /// Pretends that a marker file of a platform exists, such as `/.dockerenv`.
    #[must_use]
    pub fn marker_file(self, path: impl Into<PathBuf>) -> Self {
        self.change(|double| {
            double.marker_files.insert(path.into());
        })
    }

    /// Pretends that the binary was built without `debug_assertions`, as `cargo build --release` does.
    #[must_use]
    pub fn release_build(self) -> Self {
        self.change(|double| double.release_build = true)
    }

    /// The directory from which `.env` and `hardened.toml` are searched upwards. A double has none unless told.
    #[must_use]
    pub fn working_directory(self, path: impl Into<PathBuf>) -> Self {
        self.change(|double| double.working_directory = Some(path.into()))
    }

    fn change(self, change: impl FnOnce(&mut Double)) -> Self {
        let mut double = match self.0 {
            Inner::Process => Double::default(),
            Inner::Double(double) => double,
        };
        change(&mut double);
        Self(Inner::Double(double))
    }

    /// The value of one variable.
    pub(crate) fn get(&self, name: &str) -> Option<OsString> {
        match &self.0 {
            Inner::Process => std::env::var_os(name),
            Inner::Double(double) => double.variables.get(OsStr::new(name)).cloned(),
        }
    }

    /// Whether one variable is set, to whatever.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The names of all variables. The standard library lists names only together with values: every value so copied
    /// is wiped at once.
    pub(crate) fn names(&self) -> Vec<OsString> {
        match &self.0 {
            Inner::Process => std::env::vars_os()
                .map(|(name, value)| {
                    value.into_encoded_bytes().zeroize();
                    name
                })
                .collect(),
            Inner::Double(double) => double.variables.keys().cloned().collect(),
        }
    }

    /// Whether a marker file of a platform exists.
    pub(crate) fn has_marker_file(&self, path: &Path) -> bool {
        match &self.0 {
            Inner::Process => path.exists(),
            Inner::Double(double) => double.marker_files.contains(path),
        }
    }

    /// The directory from which files are searched upwards.
    pub(crate) fn current_directory(&self) -> Option<PathBuf> {
        match &self.0 {
            Inner::Process => std::env::current_dir().ok(),
            Inner::Double(double) => double.working_directory.clone(),
        }
    }

    /// The directories in which platforms mount secrets, whether they exist or not.
    pub(crate) fn secret_directories(&self) -> Vec<PathBuf> {
        let mut directories = match &self.0 {
            Inner::Process => vec![PathBuf::from("/run/secrets")],
            Inner::Double(_) => Vec::new(),
        };
        directories.extend(self.get("CREDENTIALS_DIRECTORY").map(PathBuf::from));
        directories
    }

    /// Whether the binary was built without `debug_assertions`.
    pub(crate) fn is_release_build(&self) -> bool {
        match &self.0 {
            Inner::Process => cfg!(not(debug_assertions)),
            Inner::Double(double) => double.release_build,
        }
    }
}

/// The environment of the process.
impl Default for Environment {
    fn default() -> Self {
        Self::process()
    }
}

/// A double with the given variables.
impl<N: Into<OsString>, V: Into<OsString>> FromIterator<(N, V)> for Environment {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(variables: I) -> Self {
        variables.into_iter().fold(Self::empty(), |environment, (name, value)| environment.set(name, value))
    }
}

/// Shows the names of a double's variables, never a value.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Inner::Process => f.write_str("Environment(process)"),
            Inner::Double(double) => {
                f.write_str("Environment")?;
                f.debug_set().entries(double.variables.keys()).finish()
            }
        }
    }
}

#[derive(Clone)]
enum Inner {
    Process,
    Double(Double),
}

#[derive(Clone, Default)]
struct Double {
    variables: BTreeMap<OsString, OsString>,
    marker_files: BTreeSet<PathBuf>,
    release_build: bool,
    working_directory: Option<PathBuf>,
}
