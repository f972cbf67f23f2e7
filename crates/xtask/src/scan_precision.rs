//! `cargo xtask scan-precision`: what the rules for code and configuration say of sources that are public.
//!
//! The work is done by an example of the crate, so that no other task has to compile it.

use crate::{failure::Failure, shell};

/// The task.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let mut command = shell::cargo("run");
    command.args(["--release", "--quiet", "--package", "hardened-scan", "--example", "precision", "--"]).args(args);
    shell::run(&mut command)
}
