//! How `main` ends.

use std::{
    error::Error,
    process::{ExitCode, Termination},
};

use super::{Refusal, loader::EX_CONFIG};

/// What a `main` returns that loads its configuration itself: prints an error once, and ends with status 78
/// (`EX_CONFIG` of `sysexits.h`) for a [`Refusal`] and with 1 for everything else.
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
    #[expect(clippy::print_stderr, reason = "the report on standard error is what this is for")]
    fn report(self) -> ExitCode {
        let Some(error) = self.0 else { return ExitCode::SUCCESS };
        eprintln!("{error}");
        if error.is::<Refusal>() { ExitCode::from(EX_CONFIG) } else { ExitCode::FAILURE }
    }
}
