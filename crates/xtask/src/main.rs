//! The tasks of this repository, as `cargo xtask TASK`.
//!
//! Each task is one row of [`task::TASKS`] and one file. Nothing here is published.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "tasks speak to the person who runs them")]

mod bench;
mod build_ratio;
mod ci;
mod crates;
mod failure;
mod features;
mod footprint;
mod fuzz;
mod generate;
mod keys;
mod metadata;
mod newcomer;
mod readers;
mod rust_version;
mod shell;
mod task;
mod test;
mod tools;

use std::process::ExitCode;

use failure::usage;

fn main() -> ExitCode {
    let args: Result<Vec<String>, _> = std::env::args_os().skip(1).map(|arg| arg.into_string()).collect();
    let outcome =
        args.map_err(|arg| usage(format!("`{}` is not Unicode", arg.display()))).and_then(|args| task::run(&args));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            failure.exit_code()
        }
    }
}
