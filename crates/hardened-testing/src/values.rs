//! Searches files for the values of secrets.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use hardened::{Config, Environment};
use hardened_scan::{Scan, Values};

use crate::sources;

/// Returns the values of a service's secrets in an environment, to search for them: those of variables and of the files
/// that `NAME_FILE` names, including the elements of lists and maps.
///
/// ```
/// # use hardened::{Config, Environment, JwtSecret};
/// # #[derive(Config)] struct Settings { jwt_secret: JwtSecret }
/// let environment = Environment::empty().set("JWT_SECRET", "kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL0dG6aP3eZqC");
/// assert_eq!(hardened_testing::secret_values::<Settings>(&environment).searched(), ["JWT_SECRET"]);
/// ```
#[must_use]
pub fn secret_values<T: Config>(environment: &Environment) -> Values {
    let mut values = Values::new();
    let settings = T::SCHEMA.settings();
    let secrets = settings.iter().filter(|setting| setting.kind().is_secret());
    let names = secrets.flat_map(|secret| secret.variables()).map(|name| name.as_str().to_owned());
    let mut names: BTreeSet<String> = names.collect();
    for name in environment.variable_names().into_iter().filter(|name| T::SCHEMA.is_secret_of_element(name)) {
        names.insert(name.strip_suffix("_FILE").map(str::to_owned).unwrap_or(name));
    }
    for name in &names {
        if let Some(value) = environment.value_of(name) {
            values.add(name, value.as_encoded_bytes());
        }
        let file = environment.value_of(&format!("{name}_FILE"));
        if let Some(content) = file.and_then(|file| std::fs::read(file).ok()) {
            values.add(name, content);
        }
    }
    values
}

/// Asserts that the files that git tracks or could add do not contain the values of a service's secrets.
///
/// The values come from the given environment, or from that of the process. Use real values, because a value that was made
/// for the test is never found. `history` searches every git object as well, and `in "PATH"` searches a file or a
/// directory tree instead, such as a release binary.
///
/// ```no_run
/// # use hardened::{Config, Environment, JwtSecret};
/// # use hardened_testing::assert_no_secret_values;
/// # #[derive(Config)] struct Settings { jwt_secret: JwtSecret }
/// # let environment = Environment::process();
/// assert_no_secret_values!(Settings);
/// assert_no_secret_values!(Settings, environment);
/// assert_no_secret_values!(Settings, environment, history);
/// assert_no_secret_values!(Settings, environment, in "target/release/my-service");
/// ```
///
/// # Panics
///
/// When a value is found, with the file, the line and the name; and when nothing was searched, because no secret has a
/// value of 12 bytes or more.
#[macro_export]
macro_rules! assert_no_secret_values {
    ($settings:ty $(,)?) => {
        $crate::assert_no_secret_values!($settings, $crate::Environment::process())
    };
    ($settings:ty, $environment:expr $(,)?) => {
        $crate::assert_no_secret_values::<$settings>(&$environment, $crate::Where::Tree, env!("CARGO_MANIFEST_DIR"))
    };
    ($settings:ty, $environment:expr, history $(,)?) => {
        $crate::assert_no_secret_values::<$settings>(&$environment, $crate::Where::History, env!("CARGO_MANIFEST_DIR"))
    };
    ($settings:ty, $environment:expr, in $path:expr $(,)?) => {
        $crate::assert_no_secret_values::<$settings>(
            &$environment,
            $crate::Where::Path(::std::path::Path::new($path).to_owned()),
            env!("CARGO_MANIFEST_DIR"),
        )
    };
}

/// The place to search.
#[doc(hidden)]
#[derive(Debug)]
pub enum Where {
    /// The directory tree of the repository or workspace.
    Tree,
    /// The same tree, and every git object of its repository.
    History,
    /// A file or a tree; a relative path is relative to the crate.
    Path(PathBuf),
}

#[doc(hidden)]
#[track_caller]
pub fn assert_no_secret_values<T: Config>(environment: &Environment, place: Where, manifest: &str) {
    let values = secret_values::<T>(environment);
    let root = root(Path::new(manifest));
    let scan = match place {
        Where::Tree => Scan::values(&values).path(&root),
        Where::History => Scan::values(&values).path(&root).history(&root),
        Where::Path(path) => Scan::values(&values).path(Path::new(manifest).join(path)),
    };
    match sources::accepting(scan, &root).run() {
        Ok(report) => sources::fail_with::<T>("has values of its secrets where none belong", &report, |_| true),
        Err(error) => panic!("the values of `{}` were not searched: {error}", T::SCHEMA.name()),
    }
}

/// Returns the root of the repository or the workspace of a crate.
fn root(manifest: &Path) -> PathBuf {
    let is_root = |mark: &str| manifest.ancestors().find(|folder| folder.join(mark).exists());
    is_root(".git").or_else(|| is_root("Cargo.lock")).unwrap_or(manifest).to_owned()
}
