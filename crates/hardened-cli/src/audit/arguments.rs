//! The command-line arguments of `hardened audit`.

use std::path::PathBuf;

use clap::ValueEnum;

/// Creates one report for an auditor: the configuration, what was shown about it, and what was not shown.
///
/// Each document is optional; what a missing one would show is reported as not shown. Exit status: 0 nothing is wrong, 1 a
/// decision is contradicted, a live check failed, or the documents do not belong together, 2 wrong usage.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<Command>,

    /// Manifest of the release: my-service config manifest
    #[arg(long, value_name = "FILE")]
    pub(super) manifest: Option<PathBuf>,

    /// Verification of the live service: hardened verify --format json
    #[arg(long, value_name = "FILE")]
    pub(super) verification: Option<PathBuf>,

    /// Result of a search for secrets: hardened scan --format json
    #[arg(long, value_name = "FILE")]
    pub(super) scan: Option<PathBuf>,

    /// Directory of decisions (ADRs), such as docs/adr
    #[arg(long, value_name = "DIR")]
    pub(super) decisions: Option<PathBuf>,

    /// Manifest of the previous release: the report says what changed
    #[arg(long, value_name = "FILE")]
    pub(super) previous: Option<PathBuf>,

    /// Format of the report
    #[arg(long, value_enum, default_value_t = Format::Markdown)]
    pub(super) format: Format,

    /// Write the report to a file
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,

    /// Write an unsigned in-toto statement about an artifact: NAME@SHA256
    #[arg(long, value_name = "NAME@SHA256", value_parser = artifact, conflicts_with = "format")]
    pub(super) statement: Option<(String, String)>,
}

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    Diff(DiffArguments),
}

/// Shows what changed between two manifests or two verifications, and whether it makes the service weaker.
///
/// Exit status: 0 nothing became weaker, 1 something did, 2 wrong usage.
#[derive(Debug, clap::Args)]
pub(super) struct DiffArguments {
    /// Manifest or verification of the earlier release
    #[arg(value_name = "OLD")]
    pub(super) old: PathBuf,

    /// Manifest or verification of the later release
    #[arg(value_name = "NEW")]
    pub(super) new: PathBuf,

    /// Format of the changes
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(super) format: DiffFormat,
}

/// The format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For a repository
    Markdown,
    /// For programs: docs/audit.schema.json
    Json,
    /// One page that needs no network, for a phone or a printer
    Html,
}

/// The format of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// For a comment on a pull request
    Markdown,
}

fn artifact(text: &str) -> Result<(String, String), String> {
    let form = || "must be a name and a SHA-256 digest: taskflow@ and 64 hexadecimal digits".to_owned();
    let (name, digest) = text.rsplit_once('@').ok_or_else(form)?;
    let is_digest = digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
    if name.is_empty() || !is_digest { Err(form()) } else { Ok((name.to_owned(), digest.to_ascii_lowercase())) }
}
