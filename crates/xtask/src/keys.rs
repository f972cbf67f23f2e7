//! `cargo xtask keys`: counts good keys refused and published keys accepted, by this library and by others.
//!
//! The binary `keys` of the benchmark package does the work, because that package has the other libraries, and no other
//! task has to compile them.

use crate::{failure::Failure, shell};

/// Runs the task.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let mut command = shell::cargo("run");
    command.args(["--release", "--quiet", "--package", "hardened-benches", "--bin", "keys", "--"]).args(args);
    shell::run(&mut command)
}
