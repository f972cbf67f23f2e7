//! Every feature of the library stands alone.

use crate::failure::{Failure, failed};
use crate::{metadata, shell};

/// Checks the library with no feature, and with each of its features alone.
///
/// With clippy rather than `cargo check`: what only another feature uses is then an error, and
/// the dependencies are those that the step `clippy` has compiled.
pub(crate) fn check() -> Result<(), Failure> {
    let packages = metadata::workspace()?;
    let library = packages
        .iter()
        .find(|package| package.name == "hardened")
        .ok_or_else(|| failed("the workspace has no package `hardened`"))?;
    tests_can_do_without()?;
    clippy("")?;
    library.features.iter().try_for_each(|feature| clippy(feature))
}

/// Checks that the tests without features are without them.
///
/// Cargo compiles the library once for its tests and for its dev-dependencies. One of those that
/// depends on the library with a feature turns it on for the tests, whatever these asked for.
fn tests_can_do_without() -> Result<(), Failure> {
    let mut command = shell::cargo(
        "tree --package hardened --no-default-features --edges normal,dev --depth 0 --prefix none \
         --format {f}",
    );
    let features = shell::output(&mut command)?;
    match features.trim() {
        "" => Ok(()),
        features => {
            Err(failed(format!("a dev-dependency of `hardened` turns on {features}: `default-features = false` there")))
        }
    }
}

fn clippy(feature: &str) -> Result<(), Failure> {
    let mut command = shell::cargo("clippy --package hardened --no-default-features");
    if !feature.is_empty() {
        command.args(["--features", feature]);
    }
    shell::run(command.args(["--", "-D", "warnings"]))
}
