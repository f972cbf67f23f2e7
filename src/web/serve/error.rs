//! The error of `serve`.

use std::io;

use crate::load::exit::ExitStatus;

/// The reason why serving ended with an error. In a `main` that returns [`Exit`](crate::Exit), it decides the exit status:
///
/// | what happened | exit status |
/// |---|---|
/// | every request was answered | 0, and no error |
/// | connections were cut off because they took longer than `HTTP_STOP_TIMEOUT` | 124, as with `timeout` |
/// | a second signal cut off connections at once | 128 plus the number of the signal: 143 (SIGTERM), 130 (Ctrl-C) |
/// | the system did not let the process listen for signals | 1 |
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct ServeError(Kind);

#[derive(Debug, thiserror::Error)]
enum Kind {
    #[error("cannot listen for signals")]
    Signals(#[source] io::Error),
    #[error("cut off {0} of the connections, because they were not finished within HTTP_STOP_TIMEOUT")]
    CutOff(usize, #[source] ExitStatus),
    #[error("cut off {0} of the connections, because a second signal came")]
    Interrupted(usize, #[source] ExitStatus),
}

impl ServeError {
    pub(super) fn signals(error: io::Error) -> Self {
        Self(Kind::Signals(error))
    }

    pub(super) fn cut_off(connections: usize) -> Self {
        Self(Kind::CutOff(connections, ExitStatus(124)))
    }

    pub(super) fn interrupted(connections: usize, signal: u8) -> Self {
        Self(Kind::Interrupted(connections, ExitStatus(128 + signal)))
    }

    /// Returns the number of connections that were cut off.
    #[must_use]
    pub fn cut_off_connections(&self) -> usize {
        match self.0 {
            Kind::Signals(_) => 0,
            Kind::CutOff(connections, _) | Kind::Interrupted(connections, _) => connections,
        }
    }

    /// Returns the exit status for this error.
    #[must_use]
    pub fn exit_status(&self) -> u8 {
        match &self.0 {
            Kind::Signals(_) => 1,
            Kind::CutOff(_, status) | Kind::Interrupted(_, status) => status.0,
        }
    }
}
