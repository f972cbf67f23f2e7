//! The exit status of `main`.

use std::{
    error::Error,
    io::{self, Write},
    process::{ExitCode, Termination},
};

use super::refusal::{EX_CONFIG, Refusal};

/// The return type of a `main` that loads its configuration itself. It prints an error once, with its causes. The exit
/// status is 78 (`EX_CONFIG` in `sysexits.h`) for a [`Refusal`] or an error that one caused, the status of a shutdown
/// that cut connections off (see `serve::ServeError`), or 1 for everything else.
///
/// ```no_run
/// use hardened::{Config, Exit, Jwt};
///
/// fn main() -> Exit {
///     run().into()
/// }
///
/// fn run() -> Result<(), Box<dyn std::error::Error>> {
///     let settings = Jwt::load()?;
///     // …
///     Ok(())
/// }
/// ```
#[derive(Debug)]
#[must_use = "only `main` turns it into an exit status"]
pub struct Exit(Option<Box<dyn Error>>);

impl<E: Into<Box<dyn Error>>> From<Result<(), E>> for Exit {
    fn from(outcome: Result<(), E>) -> Self {
        Self(outcome.err().map(Into::into))
    }
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        let Some(error) = self.0 else { return ExitCode::SUCCESS };
        if let Some(refusal) = refusal(&*error) {
            refusal.announce();
            return ExitCode::from(EX_CONFIG);
        }
        // A failure is ignored, because there is nowhere left to report it.
        let _ = writeln!(io::stderr().lock(), "error: {}", told(&*error));
        let status = causes(&*error).find_map(|cause| cause.downcast_ref::<ExitStatus>());
        status.map_or(ExitCode::FAILURE, |status| ExitCode::from(status.0))
    }
}

/// The innermost cause of an error that has its own exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(not(feature = "serve"), allow(dead_code, reason = "only a stop has one"))]
#[error("exit status {0}")]
pub(crate) struct ExitStatus(pub(crate) u8);

/// Returns the refusal that is this error or one of its causes.
fn refusal<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a Refusal> {
    causes(error).find_map(|cause| cause.downcast_ref())
}

/// Returns an error and its causes in one line. A cause is left out if the error already contains its text.
fn told(error: &(dyn Error + 'static)) -> String {
    let mut told = error.to_string();
    for cause in causes(error).skip(1).map(ToString::to_string) {
        if !told.contains(&cause) {
            told = format!("{told}: {cause}");
        }
    }
    told
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| (*error).source())
}
