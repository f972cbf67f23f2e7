//! `my-service config`: what it prints on which stream, and its exit status.
#![cfg(feature = "derive")]

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Output},
};

use hardened::{Config, Environment, JwtSecret, Loader};
use test_support::{KEY, Scratch};

#[derive(Debug, Config)]
#[allow(dead_code, reason = "declared, and never read")]
struct Settings {
    /// Signs the tokens.
    jwt_secret_key: JwtSecret,
    /// Where it listens.
    #[config(default = 8080)]
    port: u16,
    /// Shown on every page.
    #[config(show)]
    greeting: Option<String>,
}

/// Runs the command and returns its exit status, standard output and standard error.
fn run(loader: Loader, arguments: &[&str]) -> (i32, String, String) {
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let words = arguments.iter().map(|word| (*word).into());
    let status = hardened::command::<Settings>().loader(loader).run(words, &mut output, &mut errors);
    (status, String::from_utf8(output).unwrap(), String::from_utf8(errors).unwrap())
}

fn nothing_set() -> Loader {
    Loader::new().environment(Environment::empty())
}

#[test]
fn each_subcommand_has_help_on_standard_output() {
    for (arguments, first) in [
        (&["--help"][..], "usage: config check     [--format"),
        (&["help"], "usage: config check     [--format"),
        (&["check", "--help"], "usage: config check ["),
        (&["env", "-h"], "usage: config env ["),
        (&["toml", "--help"], "usage: config toml ["),
        (&["schema", "--check", "x", "--help"], "usage: config schema ["),
        (&["manifest", "--help"], "usage: config manifest ["),
    ] {
        let (status, output, errors) = run(nothing_set(), arguments);
        assert_eq!((status, errors.as_str()), (0, ""), "{arguments:?}");
        assert!(output.starts_with(first), "{arguments:?}: {output}");
    }
}

#[test]
fn an_argument_error_is_reported_above_the_usage_of_its_subcommand() {
    for (arguments, error, usage) in [
        (&["chekc"][..], "error: unknown subcommand `chekc`: did you mean `check`?\n", "usage: config check     ["),
        (
            &["check", "--formt"],
            "error: unknown argument `--formt`: did you mean `--format`?\n",
            "usage: config check [",
        ),
        (&["env", "--tier", "test"], "error: `config env` does not take --env-file or --tier\n", "usage: config env ["),
        (&["schema", "hunter2"], "error: unknown argument, in position 2 after `config`; ", "usage: config schema ["),
        (
            &["check", "--env-file", "/no/such/file"],
            "error: --env-file: cannot be opened, or is not a regular file\n",
            "",
        ),
    ] {
        let (status, output, errors) = run(nothing_set(), arguments);
        assert_eq!((status, output.as_str()), (2, ""), "{arguments:?}");
        assert!(errors.starts_with(error) && errors.contains(usage), "{arguments:?}: {errors}");
        assert!(!errors.contains("hunter2"), "{errors}");
    }
}

#[test]
fn what_is_missing_is_shown_as_missing_and_never_as_rejected() {
    let wrong_port = Environment::empty().set("PORT", "http");
    let (status, output, _) = run(Loader::new().environment(wrong_port), &["check"]);
    let table: Vec<_> = output.lines().take(3).map(|line| line.split("  ").next().unwrap()).collect();
    assert_eq!((status, table), (1, vec!["JWT_SECRET_KEY", "PORT", "GREETING"]), "{output}");
    let row = |name: &str| output.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
    assert!(row("JWT_SECRET_KEY").ends_with("(missing)"), "{output}");
    assert!(row("PORT").contains("(rejected)") && row("GREETING").ends_with("(unset)"), "{output}");
}

#[test]
fn colour_is_never_in_a_pipe_unless_it_is_asked_for() {
    for (arguments, has_color) in [
        (&["check"][..], false),
        (&["check", "--color", "auto"], false),
        (&["check", "--color=never"], false),
        (&["check", "--color=always"], true),
    ] {
        let (_, output, _) = run(nothing_set(), arguments);
        assert_eq!(output.contains('\u{1b}'), has_color, "{arguments:?}");
    }
}

#[test]
fn a_file_that_is_out_of_date_is_shown_line_by_line_and_without_its_values() {
    let scratch = Scratch::new();
    let file = scratch.path().join(".env.example");
    let name = file.to_str().unwrap();
    let (_, example, _) = run(nothing_set(), &["env"]);
    for (case, text, status, expected) in [
        ("equal", example.clone(), 0, ""),
        ("with other line breaks", example.replace('\n', "\r\n"), 0, ""),
        (
            "changed",
            example.replace("#PORT=8080", "#PORT=hunter2").replace("#GREETING=\n", ""),
            1,
            " is out of date: 2 lines to add, 1 to remove\n    10  - #PORT=…\n    10  + #PORT=8080\n    14  + #GREETING=\n",
        ),
    ] {
        fs::write(&file, text).unwrap();
        let (ended, output, errors) = run(nothing_set(), &["env", "--check", name]);
        assert_eq!((ended, output.as_str()), (status, ""), "{case}: {errors}");
        assert!(errors.contains(expected) && !errors.contains("hunter2"), "{case}: {errors}");
        assert_eq!(errors.contains("fix: write the output of `config env` to "), status == 1, "{case}: {errors}");
    }
    fs::remove_file(&file).unwrap();
    let (status, _, errors) = run(nothing_set(), &["schema", "--check", name]);
    assert_eq!(status, 1);
    assert!(errors.contains("does not exist: write the output of `config schema` to "), "{errors}");
}

/// The variable that holds the arguments for the child process of the next test.
const CHILD: &str = "HARDENED_TEST_COMMAND";

#[test]
fn a_file_from_elsewhere_is_judged_without_reading_anything_of_this_machine() {
    if let Some(arguments) = std::env::var_os(CHILD) {
        return elsewhere(arguments.to_str().unwrap());
    }
    let scratch = Scratch::new();
    let root = scratch.path();
    for (file, text) in [
        ("secrets/jwt_secret_key", KEY.to_owned()),
        (".env", "GREETING=from-dotenv\n".to_owned()),
        ("hardened.toml", "greeting = 'from-toml'\n".to_owned()),
        ("empty.env", "# nothing\n".to_owned()),
        ("good.env", format!("SERVICE_TIER=test\nJWT_SECRET_KEY='{KEY}'\nPORT=80\n")),
    ] {
        scratch.file(file, text);
    }
    for (arguments, status, shown, hidden) in [
        // The control: every value of this machine is found.
        ("check", 0, &["jwt_secret_key", "from-variable", "9999", "tier Development"][..], &["missing"][..]),
        (
            "check --env-file empty.env",
            1,
            &["JWT_SECRET_KEY  missing", "tier Production: SERVICE_TIER is not set)", "8080       default"],
            &["from-", "9999", "Railway", "SERVICE_TIER=", "secrets"],
        ),
        (
            "check --env-file empty.env --tier preview",
            1,
            &["JWT_SECRET_KEY  missing", "tier Preview: SERVICE_TIER=preview)"],
            &["from-", "9999", "Railway", "secrets"],
        ),
        (
            "check --env-file good.env --tier production",
            0,
            &["accepted (tier Production: SERVICE_TIER=production)", "variable PORT", "(unset)"],
            &["from-", "9999", "Railway", "SERVICE_TIER=test"],
        ),
        ("check --env-file good.env", 0, &["accepted (tier Test: SERVICE_TIER=test)"], &["from-", "9999", "Railway"]),
    ] {
        let output = child(root, arguments);
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(100 + status), "{arguments}: {said}");
        shown.iter().for_each(|text| assert!(said.contains(text), "{arguments}: {text}: {said}"));
        hidden.iter().for_each(|text| assert!(!said.contains(text), "{arguments}: {text}: {said}"));
    }
}

/// Runs a child process in which everything that the service could read is set.
fn child(root: &Path, arguments: &str) -> Output {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let test = "command::a_file_from_elsewhere_is_judged_without_reading_anything_of_this_machine";
    command.args(["--exact", test, "--nocapture", "--quiet"]).env_clear().env(CHILD, arguments).current_dir(root);
    command.envs([("SERVICE_TIER", "development"), ("GREETING", "from-variable"), ("PORT", "9999")]);
    command.envs([("CREDENTIALS_DIRECTORY", root.join("secrets")), ("SECRETS", root.join("secrets"))]);
    if arguments.contains("env-file") {
        command.env("RAILWAY_ENVIRONMENT_NAME", "production").env("RAILWAY_PROJECT_ID", "1");
    }
    command.output().unwrap()
}

fn elsewhere(arguments: &str) {
    let secrets = std::env::var_os("SECRETS").unwrap();
    let loader = Loader::new().tier_variable("SERVICE_TIER").secret_directory(secrets);
    #[cfg(feature = "files")]
    let loader = loader.figment(figment::providers::Serialized::default("greeting", "from-provider"));
    let (status, output, errors) = run(loader, &arguments.split(' ').collect::<Vec<_>>());
    std::io::stdout().write_all(format!("{output}{errors}").as_bytes()).unwrap();
    std::process::exit(100 + status);
}
