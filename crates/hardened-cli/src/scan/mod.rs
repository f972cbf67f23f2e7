//! The command `hardened scan`, which finds secrets where they do not belong.

mod progress;

use std::{io, path::PathBuf};

use clap::ValueEnum;
use hardened_scan::{Values, command};

use self::progress::Shown;
use crate::{outcome::Outcome, output};

/// Looks for secrets in sources, git history and build output.
///
/// Judges Rust code and configuration files: fallbacks, literals, usable secrets in .env files, Dockerfiles,
/// Kubernetes manifests and CI. With --names or --env-file it also searches for the values themselves, in every usual
/// encoding, in the tree and with --history in every git object. PATH can be a tree, a binary, an image as `docker save`
/// writes it, or a log.
///
/// Pass names, never values: `hardened scan --names JWT_SECRET_KEY,DATABASE_URL --history`. A file that NAME_FILE
/// names is read too. No value is printed. Exit status: 0 nothing found, 1 something found, 2 wrong usage or nothing searched.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Trees and files to search; the current directory without them
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Names of the secrets whose values are searched, from the environment
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    names: Vec<String>,

    /// Take the values from this file; without --names, the values of all names that look like a secret
    #[arg(long, value_name = "FILE")]
    env_file: Option<PathBuf>,

    /// Search every object of the git repository too, for values
    #[arg(long)]
    history: bool,

    /// Search what commits since DATE added, for values; git reads the date
    #[arg(long, value_name = "DATE", conflicts_with = "history")]
    since: Option<String>,

    /// Search only what the next commit would add
    #[arg(long, conflicts_with_all = ["history", "since"])]
    staged: bool,

    /// Do not judge code and configuration files
    #[arg(long)]
    values_only: bool,

    /// Remember in FILE which git objects contain no value, and skip them next time; an interrupted search resumes
    #[arg(long, value_name = "FILE", conflicts_with = "staged")]
    resume: Option<PathBuf>,

    /// Judge code and files even if none of the secrets is set; the report names the values that were not searched
    #[arg(long, conflicts_with = "values_only")]
    values_if_set: bool,

    /// List of accepted findings [default: hardened.scan.toml in PATH]
    #[arg(long, value_name = "FILE")]
    accepted: Option<PathBuf>,

    /// Install a pre-commit hook that runs this with --staged, and do nothing else
    #[arg(long)]
    hook: bool,

    /// Output for people (text), programs (json), code scanning (sarif) or annotations (github)
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Print only the result
    #[arg(long)]
    quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Sarif,
    Github,
}

/// Runs the command.
pub(crate) fn run(arguments: Arguments) -> io::Result<Outcome> {
    let options = command::Options {
        paths: arguments.paths,
        names: arguments.names,
        env_file: arguments.env_file,
        history: arguments.history,
        since: arguments.since,
        staged: arguments.staged,
        values_only: arguments.values_only,
        accepted: arguments.accepted,
        resume: arguments.resume,
        values_if_set: arguments.values_if_set,
        hook: arguments.hook,
        format: match arguments.format {
            Format::Text => command::Format::Text,
            Format::Json => command::Format::Json,
            Format::Sarif => command::Format::Sarif,
            Format::Github => command::Format::Github,
        },
        program: "hardened scan".to_owned(),
    };
    let shown = Shown::new(arguments.quiet);
    // Standard error is not locked, because other threads show the progress there.
    let (mut output, mut errors) = (io::stdout().lock(), io::stderr());
    let status =
        command::run(options, Values::new(), &mut output, &mut errors, output::looks(), &|step| shown.tell(&step));
    Ok(match status {
        0 => Outcome::Done,
        1 => Outcome::Refused,
        _ => Outcome::Misused,
    })
}
