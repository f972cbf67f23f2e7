//! Where a value came from.

use std::{
    borrow::Cow,
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};

/// Where the value of one setting came from. Never contains the value.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Provenance {
    /// An environment variable.
    Environment {
        /// Its name.
        variable: Cow<'static, str>,
    },
    /// A file whose path is the value of a variable such as `JWT_SECRET_KEY_FILE`.
    NamedFile {
        /// The variable that names it.
        variable: Cow<'static, str>,
        /// The path; absent where it is not shown, because the value may be a secret pasted by mistake.
        path: Option<PathBuf>,
    },
    /// A file in a secret directory such as `/run/secrets`.
    SecretDirectory {
        /// The file.
        path: PathBuf,
    },
    /// A line of a file.
    Line {
        /// The file. All lines of one share it.
        path: Arc<Path>,
        /// The line, from 1.
        line: u32,
        /// The column, from 1, where it is known.
        column: Option<u32>,
    },
    /// A provider that the service added, by its own name.
    Provider {
        /// What the provider calls itself.
        name: String,
    },
    /// The service's own code, over every other source.
    Code,
    /// An argument of the command line.
    Argument {
        /// Its name, such as `--port`.
        name: &'static str,
    },
    /// The default in the service's own code.
    Default,
}

/// Writes the source as a noun phrase: `environment`, `/run/secrets/jwt (JWT_SECRET_KEY_FILE)`, `hardened.toml:4:7`.
impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment { variable } => write!(f, "variable {variable}"),
            Self::NamedFile { variable, path: Some(path) } => write!(f, "{} ({variable})", path.display()),
            Self::NamedFile { variable, path: None } => write!(f, "file named by {variable}"),
            Self::SecretDirectory { path } => write!(f, "{}", path.display()),
            Self::Line { path, line, column: Some(column) } => write!(f, "{}:{line}:{column}", path.display()),
            Self::Line { path, line, column: None } => write!(f, "{}:{line}", path.display()),
            Self::Provider { name } => write!(f, "provider {name}"),
            Self::Code => f.write_str("code"),
            Self::Argument { name } => write!(f, "argument {name}"),
            Self::Default => f.write_str("default"),
        }
    }
}
