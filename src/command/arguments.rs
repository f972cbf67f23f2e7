//! The arguments of the subcommand.

use std::{ffi::OsString, path::PathBuf};

/// What is printed for `--help`, and behind a mistake.
pub(super) const USAGE: &str = "\
usage: config check  [--format text|json]
       config env    [--check FILE]
       config schema [--format json|markdown] [--check FILE]

  check   judge the configuration exactly as the start does
  env     print an .env.example
  schema  print the JSON Schema of the configuration, or a Markdown table

  --check FILE   compare with a file instead of printing

exit status: 0 accepted, 1 refused or different, 2 wrong usage
";

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Action {
    Help,
    Check(Form),
    Env(Option<PathBuf>),
    Schema(Form, Option<PathBuf>),
}

/// For people or for machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    Json,
}

/// Reads the arguments behind `config`.
///
/// # Errors
///
/// What is wrong with them, without repeating them.
pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Action, &'static str> {
    let mut arguments = arguments.into_iter().map(|argument| argument.into_string().unwrap_or_default());
    let name = arguments.next().unwrap_or_default();
    let (mut form, mut file) = (None, None);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "-h" | "--help" => return Ok(Action::Help),
            "--format" => form = Some(arguments.next().ok_or("--format needs a value")?),
            "--check" => file = Some(PathBuf::from(arguments.next().ok_or("--check needs a file")?)),
            _ => return Err("unknown argument"),
        }
    }
    match (name.as_str(), form.as_deref(), file) {
        ("-h" | "--help" | "help", None, None) => Ok(Action::Help),
        ("check", None | Some("text"), None) => Ok(Action::Check(Form::Text)),
        ("check", Some("json"), None) => Ok(Action::Check(Form::Json)),
        ("check", None | Some("text" | "json"), Some(_)) => Err("`config check` takes no --check"),
        ("check", Some(_), _) => Err("--format is text or json"),
        ("env", None, file) => Ok(Action::Env(file)),
        ("env", Some(_), _) => Err("`config env` takes no --format"),
        ("schema", None | Some("json"), file) => Ok(Action::Schema(Form::Json, file)),
        ("schema", Some("markdown"), file) => Ok(Action::Schema(Form::Text, file)),
        ("schema", Some(_), _) => Err("--format is json or markdown"),
        ("", ..) => Err("which of check, env, schema?"),
        _ => Err("unknown subcommand"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_of_the_arguments_has_one_meaning() {
        for (arguments, expected) in [
            ("check", Ok(Action::Check(Form::Text))),
            ("check --format text", Ok(Action::Check(Form::Text))),
            ("check --format json", Ok(Action::Check(Form::Json))),
            ("check --help", Ok(Action::Help)),
            ("--help", Ok(Action::Help)),
            ("env", Ok(Action::Env(None))),
            ("env --check .env.example", Ok(Action::Env(Some(".env.example".into())))),
            ("schema", Ok(Action::Schema(Form::Json, None))),
            ("schema --format markdown --check X", Ok(Action::Schema(Form::Text, Some("X".into())))),
            ("", Err("which of check, env, schema?")),
            ("chekc", Err("unknown subcommand")),
            ("check --format", Err("--format needs a value")),
            ("check --format yaml", Err("--format is text or json")),
            ("check --check X", Err("`config check` takes no --check")),
            ("check now", Err("unknown argument")),
            ("env --format json", Err("`config env` takes no --format")),
            ("env --check", Err("--check needs a file")),
            ("schema --format text", Err("--format is json or markdown")),
        ] {
            let words = arguments.split_whitespace().map(OsString::from);
            assert_eq!(parse(words), expected, "config {arguments}");
        }
    }
}
