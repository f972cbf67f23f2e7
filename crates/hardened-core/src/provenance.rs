//! The source of a value.

use std::{
    borrow::Cow,
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};

/// The source that the value of one setting came from. It never contains the value.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Provenance {
    /// An environment variable.
    Environment {
        /// The name of the variable.
        variable: Cow<'static, str>,
    },
    /// A file whose path is the value of a variable such as `JWT_SECRET_KEY_FILE`.
    NamedFile {
        /// The variable that contains the path.
        variable: Cow<'static, str>,
        /// The path; `None` if it must not be shown, because it may be a secret pasted by mistake.
        path: Option<PathBuf>,
    },
    /// A file in a secret directory such as `/run/secrets`.
    SecretDirectory {
        /// The path of the file.
        path: PathBuf,
    },
    /// A line of a file, such as `hardened.toml` or `.env`.
    Line {
        /// The file. All lines of one file share this path.
        path: Arc<Path>,
        /// The line number, from 1.
        line: u32,
        /// The column number, from 1, if it is known.
        column: Option<u32>,
    },
    /// A provider that the service added.
    Provider {
        /// The name that the provider gives itself.
        name: String,
    },
    /// The service's own code, which overrides every other source.
    Code,
    /// A command-line argument.
    Argument {
        /// The name of the argument, such as `--port`.
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
