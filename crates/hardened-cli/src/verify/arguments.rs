//! The command-line arguments of `hardened verify`.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use clap::ValueEnum;
use hardened_core::tier::Tier;
use hardened_verify::Family;

use super::format::Format;

/// Checks a live service from outside; nothing passes without evidence.
///
/// It sends at most 160 requests to the given host alone, and writes nothing unless the profile allows it.
/// Exit status: 0 all passed, 1 something failed or could not be removed, 2 wrong usage, 3 nothing failed but something was
/// inconclusive.
#[derive(Debug, clap::Args)]
#[command(after_help = "Tokens are read from variables or files, never from the command line: --user-a env:TOKEN_A.")]
pub(crate) struct Arguments {
    /// Base URL of the service, such as https://api.example.com
    #[arg(value_name = "URL", required_unless_present_any = ["list", "init"])]
    pub(super) url: Option<String>,

    /// Manifest of the release: what the service promised (my-service config manifest)
    #[arg(long, value_name = "FILE")]
    pub(super) manifest: Option<PathBuf>,

    /// What cannot be found out otherwise: users, routes, and whether anything may be written
    #[arg(long, value_name = "FILE")]
    pub(super) profile: Option<PathBuf>,

    /// OpenAPI document of the service; without it, one that the service offers is read
    #[arg(long, value_name = "FILE")]
    pub(super) openapi: Option<PathBuf>,

    /// Write a commented profile to the file of --profile, or hardened.verify.toml, and send nothing
    #[arg(long)]
    pub(super) init: bool,

    /// Remove what a killed run left behind; FILE is its journal
    #[arg(long, value_name = "FILE", requires = "profile")]
    pub(super) cleanup: Option<PathBuf>,

    /// File for the journal of what is created; it is deleted when nothing is left behind
    #[arg(long, value_name = "FILE", default_value = "hardened.verify.journal")]
    pub(super) journal: PathBuf,

    /// Credential of the first user: env:NAME or file:PATH of a bearer token
    #[arg(long, value_name = "SOURCE")]
    pub(super) user_a: Option<String>,

    /// Credential of the second user, who must not see what the first wrote
    #[arg(long, value_name = "SOURCE")]
    pub(super) user_b: Option<String>,

    /// A path that only users can read, such as /tasks
    #[arg(long, value_name = "PATH")]
    pub(super) protected: Option<String>,

    /// A header for every request: NAME=env:VARIABLE or NAME=file:PATH
    #[arg(long, value_name = "NAME=SOURCE")]
    pub(super) header: Vec<String>,

    /// The variable of the key that signs tokens, to test expired tokens and tokens for others; never in production
    #[arg(long, value_name = "NAME", conflicts_with = "signing_key_file")]
    pub(super) signing_key_env: Option<String>,

    /// The file of the key that signs tokens
    #[arg(long, value_name = "FILE")]
    pub(super) signing_key_file: Option<PathBuf>,

    /// Tier to judge the service in; without it, that of the manifest, or else production
    #[arg(long, value_name = "TIER", value_parser = tier)]
    pub(super) tier: Option<Tier>,

    /// Run only these families of checks
    #[arg(long, value_name = "FAMILY", value_delimiter = ',', value_parser = family)]
    pub(super) only: Vec<Family>,

    /// Leave these families or checks out
    #[arg(long, value_name = "FAMILY|CHECK", value_delimiter = ',', value_parser = family_or_check)]
    pub(super) skip: Vec<String>,

    /// Try everything that is known, not only what is likely; sends more requests
    #[arg(long)]
    pub(super) deep: bool,

    /// Also hold one request open for up to 75 s, to see whether it is ended; use it with --deadline 120
    #[arg(long)]
    pub(super) slow: bool,

    /// List every check, and send nothing
    #[arg(long)]
    pub(super) list: bool,

    /// Print every request that would be sent, and send none
    #[arg(long)]
    pub(super) plan: bool,

    /// Format of the result
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,

    /// Write the result to a file, and show it as text on the terminal
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,

    /// What makes the exit status 1, in addition to something that could not be removed
    #[arg(long, value_enum, default_value_t = FailOn::Warning)]
    pub(super) fail_on: FailOn,

    /// Send at most this many requests
    #[arg(long, value_name = "COUNT", default_value_t = 160, value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) max_requests: u32,

    /// End after this many seconds, whatever the service does
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    pub(super) deadline: Duration,

    /// Send at most this many requests at once
    #[arg(long, value_name = "COUNT", default_value_t = 8, value_parser = clap::value_parser!(u8).range(1..))]
    pub(super) concurrency: u8,

    /// Connect to this address instead: api.example.com:127.0.0.1
    #[arg(long, value_name = "HOST:ADDRESS", value_parser = resolve)]
    pub(super) resolve: Option<(String, SocketAddr)>,

    /// Accept certificates of these authorities only: a PEM file
    #[arg(long, value_name = "FILE")]
    pub(super) ca: Option<PathBuf>,

    /// Accept any certificate; the reason appears in the report, and no credential is sent
    #[arg(long, value_name = "REASON")]
    pub(super) insecure: Option<String>,

    /// Connect through this HTTP proxy
    #[arg(long, value_name = "URL")]
    pub(super) proxy: Option<String>,

    /// Print only the result
    #[arg(long)]
    pub(super) quiet: bool,
}

/// What makes the exit status 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// A failure that is not acceptable in the tier
    Error,
    /// That, or a failure that should be fixed
    Warning,
    /// That, or a note
    Note,
    /// That, or anything that was not shown
    Inconclusive,
}

fn tier(word: &str) -> Result<Tier, String> {
    let known = Tier::ALL.into_iter().find(|tier| tier.name() == word.to_ascii_lowercase());
    known.ok_or_else(|| "must be development, test, preview or production".to_owned())
}

fn family(word: &str) -> Result<Family, String> {
    let names = || Family::ALL.iter().map(|family| family.name()).collect::<Vec<_>>().join(", ");
    Family::ALL
        .iter()
        .copied()
        .find(|family| family.name() == word)
        .ok_or_else(|| format!("must be one of {}", names()))
}

fn family_or_check(word: &str) -> Result<String, String> {
    let is_check = Family::ALL.iter().any(|family| family.checks().iter().any(|check| check.id() == word));
    if is_check || family(word).is_ok() {
        return Ok(word.to_owned());
    }
    Err("must be a family or a check; `hardened verify --list` lists all".to_owned())
}

fn seconds(text: &str) -> Result<Duration, String> {
    match text.trim_end_matches('s').parse::<u32>() {
        Ok(seconds @ 1..=3600) => Ok(Duration::from_secs(u64::from(seconds))),
        _ => Err("must be a whole number of seconds from 1 to 3600".to_owned()),
    }
}

/// Parses `api.example.com:127.0.0.1` or `api.example.com:[::1]`, optionally followed by a port such as `:8443`.
fn resolve(text: &str) -> Result<(String, SocketAddr), String> {
    let form = || "must be a host and an address, such as api.example.com:127.0.0.1".to_owned();
    let (host, address) = text.split_once(':').ok_or_else(form)?;
    let bare = address.trim_start_matches('[').trim_end_matches(']');
    let address = address.parse().or_else(|_| bare.parse().map(|ip| SocketAddr::new(ip, 0))).map_err(|_| form())?;
    Ok((host.to_owned(), address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_resolved_to_an_address_with_or_without_a_port() {
        for (text, expected) in [
            ("api.example.com:127.0.0.1", Some("127.0.0.1:0")),
            ("api.example.com:127.0.0.1:8443", Some("127.0.0.1:8443")),
            ("api.example.com:[::1]", Some("[::1]:0")),
            ("api.example.com:[::1]:8443", Some("[::1]:8443")),
            ("api.example.com:::1", Some("[::1]:0")),
            ("api.example.com", None),
            ("api.example.com:other.example.com", None),
        ] {
            let found = resolve(text).ok().map(|(_, address)| address.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
