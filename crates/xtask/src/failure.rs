//! Why a task did not succeed.

use std::fmt;
use std::process::ExitCode;

/// What a task returns instead of success.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The task was asked for wrongly; nothing was done.
    Usage(String),
    /// The task ran, and what it checks does not hold.
    Failed(String),
}

impl Failure {
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Usage(_) => ExitCode::from(2),
            Self::Failed(_) => ExitCode::FAILURE,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(message) | Self::Failed(message) => f.write_str(message),
        }
    }
}

/// `Failed`, from anything that can be said.
pub(crate) fn failed(message: impl Into<String>) -> Failure {
    Failure::Failed(message.into())
}

/// `Usage`, from anything that can be said.
pub(crate) fn usage(message: impl Into<String>) -> Failure {
    Failure::Usage(message.into())
}
