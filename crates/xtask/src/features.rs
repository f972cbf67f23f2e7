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
    clippy("")?;
    library
        .features
        .iter()
        .try_for_each(|feature| clippy(feature))
}

fn clippy(feature: &str) -> Result<(), Failure> {
    let mut command = shell::cargo("clippy --package hardened --no-default-features");
    if !feature.is_empty() {
        command.args(["--features", feature]);
    }
    shell::run(command.args(["--", "-D", "warnings"]))
}
