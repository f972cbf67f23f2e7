//! The reasons why nothing was searched.

use std::{fmt, path::PathBuf};

use crate::report::Skipped;

/// The reason why a search did not take place. This is never the same as *nothing found*.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// No secret has a value that can be searched: each secret, with the reason.
    NoValues(Vec<Skipped>),
    /// The path does not exist.
    NoPath(PathBuf),
    /// The path contains nothing that can be searched.
    Nothing {
        /// The path.
        path: PathBuf,
        /// The reason.
        why: String,
    },
    /// The date is not in the past, so no commit can be that new.
    NotPast,
    /// The path is not in a git repository that git reads for this user.
    NotARepository(PathBuf),
    /// The program `git` is not installed.
    NoGit,
    /// Git ended before it had written everything.
    GitFailed,
    /// The resume file, which records what was searched before, cannot be used.
    Resume {
        /// The file.
        path: PathBuf,
        /// What is wrong with the file.
        what: &'static str,
    },
    /// The list of accepted findings cannot be read.
    Accepted {
        /// The file.
        path: PathBuf,
        /// What is wrong with the file.
        what: &'static str,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = |path: &PathBuf| hardened_core::text::escape(&path.to_string_lossy()).into_owned();
        match self {
            Self::NoValues(skipped) => no_values(skipped, f),
            Self::NoPath(missing) => write!(f, "nothing was searched: {} does not exist", path(missing)),
            Self::Nothing { path: empty, why } => write!(f, "nothing was searched: {}: {why}", path(empty)),
            Self::NotPast => f.write_str(
                "nothing was searched: the date of --since is not in the past; write it as 2026-01-31 or \"2 weeks ago\"",
            ),
            Self::NotARepository(outside) => write!(
                f,
                "nothing was searched: {} is not in a git repository that this user may read; run it inside one, or without --history, --since and --staged",
                path(outside)
            ),
            Self::NoGit => f.write_str("nothing was searched: the program git is not installed"),
            Self::GitFailed => f.write_str("the search is not complete: git ended early; run `git fsck`"),
            Self::Resume { path: file, what } | Self::Accepted { path: file, what } => write!(f, "nothing was searched: {}: {what}", path(file)),
        }
    }
}

impl std::error::Error for Error {}

fn no_values(skipped: &[Skipped], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    /// How many secrets one line names.
    const NAMED: usize = 5;
    f.write_str("nothing was searched: no secret has a value to search for")?;
    for (index, Skipped { what, reason }) in skipped.iter().take(NAMED).enumerate() {
        write!(f, "{} {what} ({reason})", if index == 0 { ":" } else { "," })?;
    }
    if skipped.len() > NAMED {
        write!(f, " and {} more", skipped.len() - NAMED)?;
    }
    f.write_str(match skipped {
        [] => "; name secrets with --names, or a file with --env-file",
        _ => "; set the secrets in the environment, or name a file with --env-file",
    })
}
