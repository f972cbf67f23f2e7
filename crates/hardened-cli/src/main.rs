//! The command `hardened`: prepares projects for development, generates and checks keys, explains rules, searches for secrets,
//! verifies live services, and writes reports for auditors.

mod audit;
mod check;
mod completions;
mod explain;
mod init;
mod outcome;
mod output;
mod rules;
mod scan;
mod secret;
mod usage;
mod verify;

use std::{io, process::ExitCode};

use clap::{ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand};

use outcome::{Outcome, complain};

/// Prepares a project for development, generates and checks keys, explains rules, looks for secrets, verifies live services, reports to auditors.
///
/// Your own service has commands too: `my-service config check`, `config env`, `config schema`.
#[derive(Debug, Parser)]
#[command(
    name = "hardened",
    version,
    after_help = "Exit status: 0 done, 1 refused or failed, 2 wrong usage, 3 inconclusive."
)]
struct Cli {
    /// When output has colour; auto is on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = ColorChoice::Auto)]
    color: ColorChoice,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Arguments),
    Secret(secret::Arguments),
    Explain(explain::Arguments),
    Scan(Box<scan::Arguments>),
    Verify(Box<verify::Arguments>),
    Audit(Box<audit::Arguments>),
    Completions(completions::Arguments),
}

fn main() -> ExitCode {
    // clap prints help and usage errors before it has parsed this option.
    let matches = Cli::command().color(usage::color()).try_get_matches();
    let cli = match matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => return usage::report(&error),
    };
    output::choose(cli.color);
    let ended = match cli.command {
        Command::Init(arguments) => init::run(&arguments),
        Command::Secret(arguments) => secret::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Scan(arguments) => scan::run(*arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Audit(arguments) => audit::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments, Cli::command()),
    };
    match ended {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Refused) => ExitCode::FAILURE,
        Ok(Outcome::Misused) => ExitCode::from(2),
        Ok(Outcome::Inconclusive) => ExitCode::from(3),
        // The reader has closed the pipe, because it has seen enough: `hardened explain | head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error.to_string());
            ExitCode::FAILURE
        }
    }
}
