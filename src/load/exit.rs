//! How `main` ends.

use std::{
    error::Error,
    io::{self, Write},
    process::{ExitCode, Termination},
};

use super::refusal::{EX_CONFIG, Refusal};

/// What a `main` returns that loads its configuration itself: prints an error once, with its causes, and ends with
/// status 78 (`EX_CONFIG` of `sysexits.h`) for a [`Refusal`], or an error that one caused, with the status of a stop that
/// cut requests off (see `serve::ServeError`), and with 1 for everything else.
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
        // Nobody is left to be told that it cannot be written.
        let _ = writeln!(io::stderr().lock(), "error: {}", told(&*error));
        let status = causes(&*error).find_map(|cause| cause.downcast_ref::<ExitStatus>());
        status.map_or(ExitCode::FAILURE, |status| ExitCode::from(status.0))
    }
}

/// The last cause of an error that ends the process with a status of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(not(feature = "serve"), allow(dead_code, reason = "only a stop has one"))]
#[error("exit status {0}")]
pub(crate) struct ExitStatus(pub(crate) u8);

/// The refusal that an error is, or that it was caused by.
fn refusal<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a Refusal> {
    causes(error).find_map(|cause| cause.downcast_ref())
}

/// An error and its causes in one line. A cause whose words the error repeats is not told twice.
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
