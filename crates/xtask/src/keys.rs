//! `cargo xtask keys [--count N] [--seed S] [--published DIR]`: good keys refused, published keys
//! accepted, by this library and by others.
//!
//! The work is done by the binary `keys` of the package `benches`, which has the peers, so that
//! no other task has to compile them.

use std::io;
use std::process::{Command, ExitStatus};

/// Runs the binary with the arguments given.
pub(crate) fn run(arguments: &[String]) -> io::Result<ExitStatus> {
    Command::new(env!("CARGO"))
        .args([
            "run",
            "--release",
            "--quiet",
            "--package",
            "hardened-benches",
        ])
        .args(["--bin", "keys", "--"])
        .args(arguments)
        .status()
}
