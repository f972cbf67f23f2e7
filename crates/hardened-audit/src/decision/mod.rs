//! Architecture decisions (ADRs), and the rules and checks that confirm them.

mod judge;
mod read;
mod record;

use std::{fmt, fs, io, path::Path};

pub(crate) use self::judge::judge;
pub use self::record::Decision;

impl Decision {
    /// Reads one decision: a MADR-like Markdown file.
    ///
    /// The number is in the title (`# 12. Security headers`) or in the name of the file (`0012-security-headers.md`). The
    /// status is a line `Status: accepted`, a heading `## Status` with a paragraph, or `status:` in the front matter. A
    /// paragraph that begins with `Confirmed by:` names codes between backticks.
    ///
    /// ```
    /// use hardened_audit::Decision;
    ///
    /// let decision = Decision::parse("0012-headers.md", "# Headers\n\nStatus: accepted\n\nConfirmed by: `headers-hsts`.");
    /// assert_eq!((decision.number, decision.status.as_str()), (Some(12), "accepted"));
    /// assert_eq!(decision.confirmed_by, ["headers-hsts"]);
    /// ```
    #[must_use]
    pub fn parse(file: &str, text: &str) -> Self {
        read::decision(file, text)
    }

    /// Reads every decision of a directory, in order: the files whose names end with `.md` and begin with a number, or with
    /// `adr` and a number.
    ///
    /// # Errors
    ///
    /// When the directory or a file cannot be read.
    pub fn read_all(directory: &Path) -> Result<Vec<Self>, DecisionError> {
        let error =
            |path: &Path, error: &io::Error| DecisionError { path: path.display().to_string(), kind: error.kind() };
        let mut decisions = Vec::new();
        let entries = fs::read_dir(directory).map_err(|it| error(directory, &it))?;
        for entry in entries {
            let path = entry.map_err(|it| error(directory, &it))?.path();
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if read::is_decision(&name) {
                let bytes = fs::read(&path).map_err(|it| error(&path, &it))?;
                decisions.push(Self::parse(&name, &String::from_utf8_lossy(&bytes)));
            }
        }
        decisions.sort_by(|one, other| one.file.cmp(&other.file));
        Ok(decisions)
    }
}

/// The error that decisions cannot be read.
#[derive(Debug)]
pub struct DecisionError {
    path: String,
    kind: io::ErrorKind,
}

impl fmt::Display for DecisionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cannot be read: {}", self.path, self.kind)
    }
}

impl std::error::Error for DecisionError {}
