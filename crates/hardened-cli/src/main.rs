//! The command `hardened`: prepares a project for development, makes and checks keys, explains rules.

mod check;
mod explain;
mod init;
mod output;
mod secret;
mod usage;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::{Parser, Subcommand};

/// Prepares a project for development, makes and checks keys, explains rules.
///
/// What only your service knows, it tells itself: `my-service config check`, `config env`, `config schema`.
#[derive(Debug, Parser)]
#[command(name = "hardened", version, after_help = "Exit status: 0 done, 1 refused or failed, 2 wrong usage.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Arguments),
    Secret(secret::Arguments),
    Explain(explain::Arguments),
}

/// How a run ended, other than by an error of input or output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// What was asked for is done, or accepted.
    Done,
    /// Refused, or not done; said already.
    Refused,
    /// Wrong usage; said already.
    Misused,
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage::report(&error),
    };
    let ended = match cli.command {
        Command::Init(arguments) => init::run(&arguments),
        Command::Secret(arguments) => secret::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
    };
    match ended {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Refused) => ExitCode::FAILURE,
        Ok(Outcome::Misused) => ExitCode::from(2),
        // Whoever reads has seen enough, as with `hardened explain | head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

/// Says on standard error why nothing, or not all, was done.
fn complain(words: &str) {
    let bad = output::BAD;
    // Nobody is left to be told that standard error cannot be written.
    let _ = writeln!(anstream::stderr().lock(), "{bad}error:{bad:#} {words}");
}
