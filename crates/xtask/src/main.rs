//! The tasks of this repository.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tasks speak to the person who runs them"
)]

mod generate;
mod keys;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["generate", "--published", directory] => generate::published::run(Path::new(directory))
            .map(|count| println!("{}: {count} keys", generate::published::PATH)),
        ["keys", ..] => keys::run(arguments.get(1..).unwrap_or_default()).map(drop),
        _ => {
            eprintln!(
                "tasks: generate --published DIR, keys [--count N] [--seed S] [--published DIR]"
            );
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}
