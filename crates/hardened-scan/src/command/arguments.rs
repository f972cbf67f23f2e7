//! What the command is asked to do.

use std::{ffi::OsString, path::PathBuf};

/// What a scan is asked to do.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The trees and files; the current directory if you name none.
    pub paths: Vec<PathBuf>,
    /// The names of the secrets whose values are searched.
    pub names: Vec<String>,
    /// The file with the values, instead of the environment.
    pub env_file: Option<PathBuf>,
    /// Whether every object of the repository is searched.
    pub history: bool,
    /// The date from which on commits are searched.
    pub since: Option<String>,
    /// Whether only what is staged is searched.
    pub staged: bool,
    /// Whether code and files of configuration are left out.
    pub values_only: bool,
    /// The list of accepted findings; without it `hardened.scan.toml` next to what is searched.
    pub accepted: Option<PathBuf>,
    /// The file that remembers in which objects of a history nothing was found.
    pub resume: Option<PathBuf>,
    /// Whether code and files of configuration are judged even if none of the secrets is set.
    pub values_if_set: bool,
    /// Whether to install a pre-commit hook, and do nothing else.
    pub hook: bool,
    /// How the result is written.
    pub format: Format,
    /// What a hook calls.
    pub program: String,
}

/// How the result is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs: `docs/scan.schema.json`.
    Json,
    /// For code scanning: SARIF 2.1.0.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
}

impl Format {
    /// Every form, by its name.
    pub const ALL: [(&'static str, Self); 4] =
        [("text", Self::Text), ("json", Self::Json), ("sarif", Self::Sarif), ("github", Self::Github)];
}

pub(super) const HELP: &str = "\
Searches for the values of this service's secrets, and for code and files that have a secret

Usage: config scan [OPTIONS] [PATH]...

  --names A,B       names of more secrets
  --env-file FILE   take the values from FILE, not from the environment
  --history         search every object of the git repository too
  --since DATE      search only what commits since DATE added
  --staged          search only what the next commit would add
  --values-only     do not judge code and files of configuration
  --resume FILE     remember in FILE which git objects hold no value, and leave them out next time
  --values-if-set   judge code and files even if none of the secrets is set
  --accepted FILE   the list of accepted findings (hardened.scan.toml)
  --format FORM     text, json, sarif or github
  --quiet           say nothing but the result
  --hook            install a pre-commit hook that runs this with --staged

Exit status: 0 nothing found, 1 something found, 2 wrong usage or nothing searched.
";

/// Reads the arguments; none if help is asked for.
///
/// What is not understood is not repeated: it may be a secret.
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
            // Nothing else is said: a service shows no progress.
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
