//! The tasks of this repository, as `cargo xtask TASK`.
//!
//! Each task is one row of [`task::TASKS`] and one module. This crate is not published.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "tasks speak to the person who runs them")]

mod args;
mod aside;
mod bench;
mod build_ratio;
mod busy;
mod ci;
mod crates;
mod docs;
mod external_types;
mod failure;
mod features;
mod footprint;
mod fuzz;
mod generate;
mod keys;
mod links;
mod metadata;
mod minimal_versions;
mod newcomer;
mod package;
mod public_paths;
mod readers;
mod readme;
mod registry;
mod release;
mod rust_version;
mod scan_precision;
mod screenshots;
mod semver;
mod shell;
mod steady;
mod targets;
mod task;
mod test;
mod tools;

use std::process::ExitCode;

use failure::{Failure, usage};
use task::{Asked, Task};

fn main() -> ExitCode {
    // Some children of this program are this program itself.
    if let Some(status) = docs::as_rustdoc().or_else(busy::as_busy) {
        return status;
    }
    let _ = shell::this_program();
    let args: Result<Vec<String>, _> = std::env::args_os().skip(1).map(|arg| arg.into_string()).collect();
    let outcome = args.map_err(|arg| usage(format!("`{}` is not Unicode", arg.display()))).and_then(|args| run(&args));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            failure.exit_code()
        }
    }
}

fn run(args: &[String]) -> Result<(), Failure> {
    let (task, args) = match task::asked(args)? {
        Asked::Help(text) => {
            print!("{text}");
            return Ok(());
        }
        Asked::Task(task, args) => (task, args),
    };
    match task {
        Task::Test => test::run(args),
        Task::Check => ci::check(args),
        Task::Ci => ci::run(args),
        Task::Generate => generate::run(args),
        Task::Steady => steady::run(args),
        Task::Crates => crates::run(args),
        Task::BuildRatio => build_ratio::run(args),
        Task::Bench => bench::run(args),
        Task::Keys => keys::run(args),
        Task::Fuzz => fuzz::run(args),
        Task::Footprint => footprint::run(args),
        Task::Newcomer => newcomer::run(args),
        Task::Readers => readers::run(args),
        Task::ScanPrecision => scan_precision::run(args),
        Task::Screenshots => screenshots::run(args),
        Task::Targets => targets::run(args),
        Task::Tools => tools::run(args),
    }
}
