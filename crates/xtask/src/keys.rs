//! `cargo xtask keys`: good keys refused, published keys accepted, by this library and by others.
//!
//! The work is done by the binary `keys` of the package of benchmarks, which has the peers, so that no other task has to
//! compile them.

use crate::{failure::Failure, shell};

/// The task.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let mut command = shell::cargo("run");
    command.args(["--release", "--quiet", "--package", "hardened-benches", "--bin", "keys", "--"]).args(args);
    shell::run(&mut command)
}
