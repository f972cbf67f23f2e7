//! `cargo xtask scan-precision`: runs the rules for code and configuration on public sources.
//!
//! An example of the crate does the work, so that no other task has to compile it.

use crate::{failure::Failure, shell};

/// Runs the task.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let mut command = shell::cargo("run");
    command.args(["--release", "--quiet", "--package", "hardened-scan", "--example", "precision", "--"]).args(args);
    shell::run(&mut command)
}
