//! Parses the arguments of the subcommand `config`.

use std::{ffi::OsString, path::PathBuf};

use hardened_core::{terminal::Color, text::nearest};

use crate::Tier;

/// The text for `--help`, also printed after a usage error.
pub(super) const USAGE: &str = "\
usage: config check     [--format text|json] [--env-file FILE [--tier TIER]]
       config env       [--check FILE]
       config toml      [--check FILE]
       config schema    [--format json|markdown] [--check FILE]
       config rules     [--check FILE]
       config explain   CODE
       config manifest  [--env-file FILE [--tier TIER]] [--openapi FILE]
                        [--check FILE]

  check     judge the configuration exactly as a start does
  env       print an .env.example
  toml      print a hardened.toml with every setting, most of them commented out
  schema    print the JSON Schema of hardened.toml, or a Markdown table
  rules     print a page about the service's own rules
  explain   print what a rule demands, why, and what to do
  manifest  print what a start commits the live service to

  --color auto|always|never   for each of them; auto means colour on a terminal
  --help                      show the options of a subcommand

exit status: 0 accepted, 1 refused or different, 2 wrong usage
";

const CHECK: &str = "\
usage: config check [--format text|json] [--env-file FILE [--tier TIER]]

Judges the configuration exactly as a start does. Prints every setting with its
source, then everything that is wrong.

  --format json     print one JSON document
  --env-file FILE   judge the variables of FILE instead: no variable, directory
                    or configuration file of this machine is read
  --tier TIER       judge them as development, test, preview or production
  --color WHEN      auto, always or never; auto means colour on a terminal

exit status: 0 accepted, 1 refused, 2 wrong usage
";

const ENV: &str = "\
usage: config env [--check FILE]

Prints an .env.example: every variable with its documentation, and no secret.

  --check FILE   compare with FILE instead, and show the lines that differ
  --color WHEN   auto, always or never; auto means colour on a terminal

exit status: 0 printed or equal, 1 different, 2 wrong usage
";

const TOML: &str = "\
usage: config toml [--check FILE]

Prints a hardened.toml: every setting that the file can have, with its
documentation, and no secret. Settings with a default are commented out.

  --check FILE   compare with FILE instead, and show the lines that differ
  --color WHEN   auto, always or never; auto means colour on a terminal

exit status: 0 printed or equal, 1 different, 2 wrong usage
";

const SCHEMA: &str = "\
usage: config schema [--format json|markdown] [--check FILE]

Prints the JSON Schema of hardened.toml, or all settings as a Markdown table.

  --format markdown   print the table
  --check FILE        compare with FILE instead, and show the lines that differ
  --color WHEN        auto, always or never; auto means colour on a terminal

exit status: 0 printed or equal, 1 different, 2 wrong usage
";

const RULES: &str = "\
usage: config rules [--check FILE]

Prints a page in Markdown about the rules that this service and its policies
add. `config explain CODE` prints one of them, or one of the library.

  --check FILE   compare with FILE instead, and show the lines that differ
  --color WHEN   auto, always or never; auto means colour on a terminal

exit status: 0 printed or equal, 1 different, 2 wrong usage
";

const EXPLAIN: &str = "\
usage: config explain CODE

Prints what the rule with this code demands, why, what to do, and what happens
in each tier when it does not hold.

  --color WHEN   auto, always or never; auto means colour on a terminal

exit status: 0 printed, 2 wrong usage
";

const MANIFEST: &str = "\
usage: config manifest [--env-file FILE [--tier TIER]] [--openapi FILE]
                       [--check FILE]

Prints the manifest of this release as JSON: every setting and rule, and what a
start commits the live service to. It contains no secret.

  --env-file FILE   read the variables of FILE instead, and assume that the
                    secrets that it omits are set: for a build that does not
                    have production's secrets
  --tier TIER       judge them as development, test, preview or production
  --openapi FILE    add the routes of an OpenAPI document in JSON
  --check FILE      compare with FILE instead, and show the lines that differ
  --color WHEN      auto, always or never; auto means colour on a terminal

exit status: 0 printed or equal, 1 refused or different, 2 wrong usage
";

/// The subcommand that the arguments ask for, with its options.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Action {
    Help(&'static str),
    Check(Form, Option<Elsewhere>),
    Env(Option<PathBuf>),
    Toml(Option<PathBuf>),
    Rules(Option<PathBuf>),
    Explain(String),
    Schema(Form, Option<PathBuf>),
    Manifest(Manifest),
}

/// The options of `config manifest`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Manifest {
    pub(super) elsewhere: Option<Elsewhere>,
    pub(super) openapi: Option<PathBuf>,
    pub(super) check: Option<PathBuf>,
}

/// The parsed command line: the subcommand, and whether to use colour.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) action: Action,
    pub(super) color: Color,
}

/// A usage error: the message, and the usage text to print after it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    pub(super) words: String,
    pub(super) usage: &'static str,
}

/// The output format: for people (text) or for machines (JSON).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    Json,
}

/// An environment from a file, to judge instead of that of this process.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Elsewhere {
    pub(super) file: PathBuf,
    pub(super) tier: Option<Tier>,
}

const OPTIONS: [&str; 7] = ["--format", "--check", "--env-file", "--tier", "--openapi", "--color", "--help"];
const SUBCOMMANDS: [&str; 7] = ["check", "env", "toml", "schema", "rules", "explain", "manifest"];

/// The options as given, before they are checked against the subcommand.
#[derive(Default)]
struct Given {
    format: Option<String>,
    check: Option<PathBuf>,
    env_file: Option<PathBuf>,
    tier: Option<String>,
    openapi: Option<PathBuf>,
    color: Color,
}

/// Parses the arguments after `config`.
///
/// # Errors
///
/// Returns a usage error. It repeats an argument only if it is spelt like an option or a subcommand, because people paste
/// secrets into command lines.
pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Asked, Mistake> {
    let mut arguments = arguments.into_iter().map(|argument| argument.into_string().unwrap_or_default()).peekable();
    let name = arguments.next().unwrap_or_default();
    let help = |usage| Asked { action: Action::Help(usage), color: Color::Auto };
    let mistake = |words: String| Mistake { words, usage: USAGE };
    let usage = match name.as_str() {
        "-h" | "--help" | "help" => return Ok(help(USAGE)),
        "check" => CHECK,
        "env" => ENV,
        "toml" => TOML,
        "rules" => RULES,
        "explain" => EXPLAIN,
        "schema" => SCHEMA,
        "manifest" => MANIFEST,
        "" => {
            return Err(mistake("missing subcommand: check, env, toml, schema, rules, explain or manifest".to_owned()));
        }
        name => return Err(mistake(unknown("subcommand", name, 1, &SUBCOMMANDS))),
    };
    let code = if name == "explain" { arguments.next_if(|code| !code.starts_with('-')) } else { None };
    let asked = given(&mut arguments, 1 + usize::from(code.is_some())).and_then(|given| match given {
        None => Ok(help(usage)),
        Some(given) => Ok(Asked { color: given.color, action: action(&name, code, given)? }),
    });
    asked.map_err(|words| Mistake { words, usage })
}

/// Parses the options that follow the first `first` arguments. Returns `None` if they ask for help.
fn given(arguments: &mut impl Iterator<Item = String>, first: usize) -> Result<Option<Given>, String> {
    let mut given = Given::default();
    let mut position = first;
    while let Some(argument) = arguments.next() {
        position += 1;
        let (option, attached) = match argument.split_once('=') {
            Some((option, value)) => (option, Some(value.to_owned())),
            None => (argument.as_str(), None),
        };
        let has_its_own = attached.is_some();
        let mut value = || attached.clone().or_else(|| arguments.next()).filter(|value| !value.is_empty());
        match option {
            "-h" | "--help" => return Ok(None),
            "--format" => given.format = Some(value().ok_or("--format needs a value")?),
            "--check" => given.check = Some(value().ok_or("--check needs a file")?.into()),
            "--env-file" => given.env_file = Some(value().ok_or("--env-file needs a file")?.into()),
            "--openapi" => given.openapi = Some(value().ok_or("--openapi needs a file")?.into()),
            "--tier" => given.tier = Some(value().ok_or("--tier needs a tier")?),
            "--color" => {
                let color = value().and_then(|word| Color::parse(&word));
                given.color = color.ok_or("--color must be auto, always or never")?;
            }
            _ => return Err(unknown("argument", option, position, &OPTIONS)),
        }
        position += usize::from(!has_its_own);
    }
    Ok(Some(given))
}

fn action(name: &str, code: Option<String>, given: Given) -> Result<Action, String> {
    let Given { format, check, env_file, tier, openapi, .. } = given;
    let format = format.as_deref();
    if !matches!(name, "check" | "manifest") && (env_file.is_some() || tier.is_some()) {
        return Err(format!("`config {name}` does not take --env-file or --tier"));
    }
    if name != "manifest" && openapi.is_some() {
        return Err(format!("`config {name}` does not take --openapi"));
    }
    match name {
        "check" if check.is_some() => Err("`config check` does not take --check".to_owned()),
        "check" => {
            let form = form(format, "text").ok_or("--format must be text or json")?;
            Ok(Action::Check(form, elsewhere(env_file, tier)?))
        }
        "env" | "toml" | "rules" | "explain" | "manifest" if format.is_some() => {
            Err(format!("`config {name}` does not take --format"))
        }
        "manifest" => Ok(Action::Manifest(Manifest { elsewhere: elsewhere(env_file, tier)?, openapi, check })),
        "env" => Ok(Action::Env(check)),
        "toml" => Ok(Action::Toml(check)),
        "rules" => Ok(Action::Rules(check)),
        "explain" if check.is_some() => Err("`config explain` does not take --check".to_owned()),
        "explain" => Ok(Action::Explain(code.ok_or("missing rule code, such as secret-missing")?)),
        _ => Ok(Action::Schema(form(format, "markdown").ok_or("--format must be json or markdown")?, check)),
    }
}

/// Returns the output format. Without `--format`, `check` prints text and `schema` prints JSON.
fn form(format: Option<&str>, text: &str) -> Option<Form> {
    match format {
        Some("json") => Some(Form::Json),
        Some(other) if other == text => Some(Form::Text),
        Some(_) => None,
        None => Some(if text == "text" { Form::Text } else { Form::Json }),
    }
}

fn elsewhere(file: Option<PathBuf>, tier: Option<String>) -> Result<Option<Elsewhere>, String> {
    let tier = match tier {
        Some(name) => {
            let known = Tier::ALL.into_iter().find(|tier| tier.name() == name);
            Some(known.ok_or("--tier must be development, test, preview or production")?)
        }
        None => None,
    };
    match file {
        Some(file) => Ok(Some(Elsewhere { file, tier })),
        None if tier.is_some() => {
            Err("--tier needs --env-file, because it does not change the tier of this process".to_owned())
        }
        None => Ok(None),
    }
}

/// Returns the message about an unknown argument. It shows the argument if it looks like a word, else its position.
fn unknown(noun: &str, found: &str, position: usize, known: &[&str]) -> String {
    let is_word = found.len() <= 24 && found.chars().all(|symbol| symbol.is_ascii_lowercase() || symbol == '-');
    match nearest(found, known.iter().copied()) {
        Some(word) => format!("unknown {noun} `{found}`: did you mean `{word}`?"),
        None if is_word && found.starts_with("--") => format!("unknown {noun} `{found}`"),
        None => format!(
            "unknown {noun}, in position {position} after `config`; it is not repeated because it may be a secret"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elsewhere(file: &str, tier: Option<Tier>) -> Option<Elsewhere> {
        Some(Elsewhere { file: file.into(), tier })
    }

    #[test]
    fn each_form_of_the_arguments_has_one_meaning() {
        for (arguments, expected) in [
            ("check", Ok(Action::Check(Form::Text, None))),
            ("check --format text", Ok(Action::Check(Form::Text, None))),
            ("check --format json", Ok(Action::Check(Form::Json, None))),
            ("check --format=json", Ok(Action::Check(Form::Json, None))),
            ("check --env-file .env", Ok(Action::Check(Form::Text, elsewhere(".env", None)))),
            (
                "check --tier production --env-file=.env",
                Ok(Action::Check(Form::Text, elsewhere(".env", Some(Tier::Production)))),
            ),
            ("check --help", Ok(Action::Help(CHECK))),
            ("env -h", Ok(Action::Help(ENV))),
            ("schema --help", Ok(Action::Help(SCHEMA))),
            ("toml -h", Ok(Action::Help(TOML))),
            ("toml", Ok(Action::Toml(None))),
            ("rules", Ok(Action::Rules(None))),
            ("rules --check RULES.md", Ok(Action::Rules(Some("RULES.md".into())))),
            ("rules --help", Ok(Action::Help(RULES))),
            ("explain acme-region", Ok(Action::Explain("acme-region".to_owned()))),
            ("explain acme-region --color never", Ok(Action::Explain("acme-region".to_owned()))),
            ("explain", Err("missing rule code, such as secret-missing")),
            ("explain --help", Ok(Action::Help(EXPLAIN))),
            ("explain a --check b", Err("`config explain` does not take --check")),
            (
                "explain a hunter2",
                Err("unknown argument, in position 3 after `config`; it is not repeated because it may be a secret"),
            ),
            ("toml --check hardened.toml", Ok(Action::Toml(Some("hardened.toml".into())))),
            ("toml --format json", Err("`config toml` does not take --format")),
            ("toml --tier test", Err("`config toml` does not take --env-file or --tier")),
            ("--help", Ok(Action::Help(USAGE))),
            ("env", Ok(Action::Env(None))),
            ("env --check .env.example", Ok(Action::Env(Some(".env.example".into())))),
            ("schema", Ok(Action::Schema(Form::Json, None))),
            ("schema --format markdown --check X", Ok(Action::Schema(Form::Text, Some("X".into())))),
            ("schema --format=markdown --check=X", Ok(Action::Schema(Form::Text, Some("X".into())))),
            ("", Err("missing subcommand: check, env, toml, schema, rules, explain or manifest")),
            ("chekc", Err("unknown subcommand `chekc`: did you mean `check`?")),
            (
                "sk-live-1234",
                Err("unknown subcommand, in position 1 after `config`; it is not repeated because it may be a secret"),
            ),
            ("check --format", Err("--format needs a value")),
            ("check --format=", Err("--format needs a value")),
            ("check --format yaml", Err("--format must be text or json")),
            ("check --check X", Err("`config check` does not take --check")),
            ("check --formt json", Err("unknown argument `--formt`: did you mean `--format`?")),
            ("check --quiet", Err("unknown argument `--quiet`")),
            (
                "check --tier test --format=json now",
                Err("unknown argument, in position 5 after `config`; it is not repeated because it may be a secret"),
            ),
            ("check --color blue", Err("--color must be auto, always or never")),
            ("check --colour always", Err("unknown argument `--colour`: did you mean `--color`?")),
            (
                "check --tier production",
                Err("--tier needs --env-file, because it does not change the tier of this process"),
            ),
            ("check --env-file X --tier prod", Err("--tier must be development, test, preview or production")),
            (
                "manifest --env-file plain.env --tier production --openapi=api.json --check m.json",
                Ok(Action::Manifest(Manifest {
                    elsewhere: elsewhere("plain.env", Some(Tier::Production)),
                    openapi: Some("api.json".into()),
                    check: Some("m.json".into()),
                })),
            ),
            ("manifest", Ok(Action::Manifest(Manifest { elsewhere: None, openapi: None, check: None }))),
            ("manifest -h", Ok(Action::Help(MANIFEST))),
            ("manifest --format json", Err("`config manifest` does not take --format")),
            ("manifest --openapi", Err("--openapi needs a file")),
            ("check --openapi X", Err("`config check` does not take --openapi")),
            ("env --format json", Err("`config env` does not take --format")),
            ("env --tier test", Err("`config env` does not take --env-file or --tier")),
            ("env --check", Err("--check needs a file")),
            ("schema --format text", Err("--format must be json or markdown")),
        ] {
            let words = arguments.split_whitespace().map(OsString::from);
            let parsed = parse(words).map(|asked| asked.action).map_err(|mistake| mistake.words);
            assert_eq!(parsed, expected.map_err(str::to_owned), "config {arguments}");
        }
    }

    #[test]
    fn a_mistake_shows_how_its_own_subcommand_is_written() {
        for (arguments, usage) in
            [("", USAGE), ("chekc", USAGE), ("check --formt", CHECK), ("env --format json", ENV), ("schema x", SCHEMA)]
        {
            let words = arguments.split_whitespace().map(OsString::from);
            assert_eq!(parse(words).map_err(|mistake| mistake.usage).err(), Some(usage), "config {arguments}");
        }
    }

    #[test]
    fn the_colour_is_chosen_with_every_subcommand() {
        for (arguments, color) in [
            ("check", Color::Auto),
            ("check --color=always", Color::Always),
            ("env --color never", Color::Never),
            ("schema --color auto", Color::Auto),
        ] {
            let words = arguments.split_whitespace().map(OsString::from);
            assert_eq!(parse(words).map(|asked| asked.color), Ok(color), "config {arguments}");
        }
    }

    #[test]
    fn every_usage_fits_a_terminal_of_80_columns() {
        for usage in [USAGE, CHECK, ENV, TOML, SCHEMA, RULES, EXPLAIN, MANIFEST] {
            assert!(usage.lines().all(|line| line.chars().count() <= 80), "{usage}");
        }
    }
}
