//! The arguments of the command.

use std::{ffi::OsString, path::PathBuf};

/// The options of a scan.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The trees and files to search; the current directory if empty.
    pub paths: Vec<PathBuf>,
    /// The names of the secrets whose values are searched for.
    pub names: Vec<String>,
    /// The file that contains the values, instead of the environment.
    pub env_file: Option<PathBuf>,
    /// Whether every object of the repository is searched.
    pub history: bool,
    /// The date since which commits are searched.
    pub since: Option<String>,
    /// Whether only staged changes are searched.
    pub staged: bool,
    /// Whether code and configuration files are left out.
    pub values_only: bool,
    /// The list of accepted findings; by default `hardened.scan.toml` in the first path.
    pub accepted: Option<PathBuf>,
    /// The file that records the objects of a history in which nothing was found.
    pub resume: Option<PathBuf>,
    /// Whether code and configuration files are judged even if no secret is set.
    pub values_if_set: bool,
    /// Whether to install a pre-commit hook, and do nothing else.
    pub hook: bool,
    /// The format of the result.
    pub format: Format,
    /// The command line of this program, which a hook runs.
    pub program: String,
}

/// The format of the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Text for people.
    #[default]
    Text,
    /// JSON for programs, as described by `docs/scan.schema.json`.
    Json,
    /// SARIF 2.1.0 for code scanning.
    Sarif,
    /// Annotations for GitHub Actions.
    Github,
}

impl Format {
    /// Every format, with its name.
    pub const ALL: [(&'static str, Self); 4] =
        [("text", Self::Text), ("json", Self::Json), ("sarif", Self::Sarif), ("github", Self::Github)];
}

pub(super) const HELP: &str = "\
Searches for the values of this service's secrets, and for code and files that contain a secret

Usage: config scan [OPTIONS] [PATH]...

  --names A,B       names of more secrets
  --env-file FILE   take the values from FILE, not from the environment
  --history         search every object of the git repository too
  --since DATE      search only what commits since DATE added
  --staged          search only what the next commit would add
  --values-only     do not judge code and configuration files
  --resume FILE     remember in FILE which git objects contain no value, and skip them next time
  --values-if-set   judge code and files even if none of the secrets is set
  --accepted FILE   the list of accepted findings (hardened.scan.toml)
  --format FORM     text, json, sarif or github
  --quiet           print only the result
  --hook            install a pre-commit hook that runs this with --staged

Exit status: 0 nothing found, 1 something found, 2 wrong usage or nothing searched.
";

/// Parses the arguments. Returns `None` if help is asked for.
///
/// An unknown argument is not repeated in the error, because it may be a secret.
pub(super) fn parse(
    arguments: impl IntoIterator<Item = OsString>,
    program: &str,
) -> Result<Option<Options>, &'static str> {
    let mut options = Options { program: program.to_owned(), ..Options::default() };
    let mut arguments = arguments.into_iter();
    let mut only_paths = false;
    while let Some(argument) = arguments.next() {
        let text = argument.to_str().unwrap_or_default();
        if only_paths || !text.starts_with('-') {
            options.paths.push(argument.into());
            continue;
        }
        let (name, attached) =
            text.split_once('=').map_or((text, None), |(name, value)| (name, Some(OsString::from(value))));
        let mut value = || attached.clone().or_else(|| arguments.next()).ok_or("an option needs a value");
        let words = |value: OsString| value.into_string().map_err(|_| "the value of an option is not text");
        match name {
            "--" => only_paths = true,
            "--help" | "-h" => return Ok(None),
            "--names" => options.names.extend(words(value()?)?.split(',').map(|name| name.trim().to_owned())),
            "--env-file" => options.env_file = Some(value()?.into()),
            "--history" => options.history = true,
            "--since" => options.since = Some(words(value()?)?),
            "--staged" => options.staged = true,
            "--values-only" => options.values_only = true,
            "--resume" => options.resume = Some(value()?.into()),
            "--values-if-set" => options.values_if_set = true,
            "--accepted" => options.accepted = Some(value()?.into()),
            // No effect: a service shows no progress.
            "--quiet" => {}
            "--hook" => options.hook = true,
            "--format" => {
                let word = words(value()?)?;
                let form = Format::ALL.iter().find(|(name, _)| *name == word);
                options.format = form.ok_or("--format is one of text, json, sarif, github")?.1;
            }
            _ => return Err("unknown option (not repeated here)"),
        }
    }
    Ok(Some(options))
}
