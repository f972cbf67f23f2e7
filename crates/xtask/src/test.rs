//! Runs the tests.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

use crate::args::flag;
use crate::aside::Aside;
use crate::failure::{Failure, failed, usage};
use crate::{busy, docs, external_types, package, public_paths, readers, shell, tools};

/// Test binaries that run in the background when everything runs. They wait for deadlines, servers and the compiler, in
/// total longer than all others take.
const WAITING: [&str; 3] = ["compile", "health", "postgres"];

/// How many tests run at once for each core. Most tests wait for servers and programs.
const AT_ONCE: usize = 4;

/// The variable that tells libtest how many tests to run at once.
const THREADS: &str = "RUST_TEST_THREADS";

/// The options that select packages.
const PACKAGES: [&str; 5] = ["-p", "--package", "--workspace", "--all", "--exclude"];

/// The options that select targets of a package, or run none.
const TARGETS: [&str; 11] = [
    "--all-targets",
    "--bench",
    "--benches",
    "--bin",
    "--bins",
    "--doc",
    "--example",
    "--examples",
    "--lib",
    "--no-run",
    "--test",
];

/// The options that select features.
const FEATURES: [&str; 4] = ["-F", "--features", "--all-features", "--no-default-features"];

/// Runs the task.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let (yes, args) = flag("--yes", args);
    let (writes_pages, typed) = flag("--pages", &args);
    if writes_pages && !is_everything(&typed) {
        return Err(usage("`--pages` is for a run of every test"));
    }
    let args = arguments(&typed);
    println!("first: find what the tests need");
    println!("then: cargo test {}", args.join(" "));
    let skipped = provide(yes)?;
    let outcome =
        if is_everything(&typed) { everything(&args, writes_pages) } else { shell::run(&mut cargo_test(&args, &[])) };
    skipped.iter().for_each(|reason| println!("skipped: {reason}"));
    outcome
}

/// Runs every test of the workspace: compiles all, then runs those that wait in the background. With `writes_pages`, the
/// pages of the documentation are written when its examples run.
fn everything(args: &[String], writes_pages: bool) -> Result<(), Failure> {
    let packages = package::all()?;
    let others = others(&packages);
    shell::run(&mut cargo_test(args, &["--no-run"]))?;
    let start = |name: &&'static str| Aside::start(name, cargo_test(args, &["--test", name]));
    let mut aside: Vec<Aside> = WAITING.iter().map(start).collect::<Result<_, _>>()?;
    aside.push(Aside::start("examples", examples(args, writes_pages)?)?);
    let mut bad = Vec::new();
    if let Err(failure) = shell::run(&mut cargo_test(args, &others)) {
        bad.push(failure.to_string());
    }
    for (name, ok, _) in aside.into_iter().map(Aside::end) {
        if !ok {
            bad.push(format!("{name}: failed"));
        }
    }
    if writes_pages && let Err(failure) = external_types::check_pages().and(public_paths::check_pages()) {
        bad.push(failure.to_string());
    }
    if bad.is_empty() { Ok(()) } else { Err(failed(bad.join("\n"))) }
}

/// Returns the command for the examples of the documentation. They run one after the other, so they run in the background.
fn examples(args: &[String], writes_pages: bool) -> Result<Command, Failure> {
    // `--doc` tests the documentation even if the manifest says `doctest = false`.
    if !writes_pages {
        return Ok(cargo_test(args, &["--doc", "--exclude", "hardened-bare", "--exclude", "hardened-derive"]));
    }
    let mut command = cargo_test(args, &["--doc", "--exclude", "hardened-bare"]);
    docs::with_pages(&mut command)?;
    Ok(command)
}

/// Returns the options that select all test targets except those that run in the background.
fn others(packages: &[Value]) -> Vec<&str> {
    let targets = packages.iter().filter(|package| !is_apart(package));
    let targets = targets.flat_map(|package| package["targets"].as_array().into_iter().flatten());
    let tests = targets.filter(|target| target["kind"][0] == "test").filter_map(|target| target["name"].as_str());
    let tests: BTreeSet<&str> = tests.filter(|name| !WAITING.contains(name)).collect();
    ["--lib", "--bins"].into_iter().chain(tests.into_iter().flat_map(|name| ["--test", name])).collect()
}

fn is_apart(package: &Value) -> bool {
    package::APART.iter().any(|name| package["name"] == *name)
}

/// Returns `cargo test` with these arguments for some targets.
fn cargo_test(args: &[String], targets: &[&str]) -> Command {
    let mut command = shell::cargo("test");
    many_at_once(&mut command);
    // A test that starts cargo itself, such as that of programs that must not compile, uses the compiler of a plain build.
    if shell::OUR_COMPILER.iter().any(|name| std::env::var_os(name).is_some()) {
        let [one, other] = shell::OUR_COMPILER;
        let runner = format!(r#"target."cfg(all())".runner=["env", "-u", "{one}", "-u", "{other}"]"#);
        command.args(["--config", &runner]);
    }
    // The targets come first, because arguments after `--` are for the test binaries.
    command.args(targets).args(args);
    command
}

/// Sets how many tests libtest runs at once, unless the variable is set already.
pub(crate) fn many_at_once(command: &mut Command) {
    if std::env::var_os(THREADS).is_none() {
        command.env(THREADS, (AT_ONCE * busy::cores()).to_string());
    }
}

/// Finds what the tests need, and installs what is missing with the user's consent. Returns what is skipped without it.
pub(crate) fn provide(yes: bool) -> Result<Vec<String>, Failure> {
    let mut skipped = tools::provide_needed(yes)?;
    skipped.extend(readers::provide(yes)?);
    Ok(skipped)
}

/// Runs all tests, as a step of `ci`.
pub(crate) fn all() -> Result<(), Failure> {
    run(&[])
}

/// Returns the arguments for the whole workspace, with doc tests and examples, with every feature and, as `hardened-bare`,
/// without any. `cargo xtask check apart` tests the packages that are built apart, and `cargo xtask newcomer` the default
/// features, as a user has them.
fn all_packages() -> String {
    format!("--no-fail-fast {} --all-features", package::TOGETHER)
}

/// Returns the arguments of `cargo test`. It continues after a failure.
fn arguments(args: &[String]) -> Vec<String> {
    let before = match (chooses(args, &PACKAGES), chooses(args, &FEATURES)) {
        (false, false) => all_packages(),
        // Most tests need features that are off by default.
        (true, false) => "--no-fail-fast --all-features".to_owned(),
        (_, true) => "--no-fail-fast".to_owned(),
    };
    // Some tests start an example, which cargo builds only if no target is selected, or if it is selected as well.
    let examples = if chooses(args, &["--test"]) { &["--examples".to_owned()][..] } else { &[] };
    [&shell::words(&before), examples, args].concat()
}

/// Returns whether the arguments run the tests of the whole workspace, perhaps filtered by name.
fn is_everything(args: &[String]) -> bool {
    ![&PACKAGES[..], &FEATURES, &TARGETS].iter().any(|choices| chooses(args, choices))
}

fn chooses(args: &[String], choices: &[&str]) -> bool {
    args.iter().take_while(|arg| *arg != "--").any(|arg| {
        let name = arg.split_once('=').map_or(arg.as_str(), |(name, _)| name);
        // `-phardened` means `-p hardened`.
        let short = name.get(..2).filter(|_| !name.starts_with("--"));
        choices.iter().any(|choice| *choice == name || Some(*choice) == short)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::words;

    fn shown(args: &str) -> String {
        arguments(&words(args)).join(" ")
    }

    #[test]
    fn without_arguments_everything_runs() {
        assert_eq!(shown(""), all_packages());
    }

    #[test]
    fn a_name_is_looked_for_in_everything() {
        for name in ["a_name", "-- -p", "--jobs 1"] {
            assert_eq!(shown(name), format!("{} {name}", all_packages()));
        }
    }

    #[test]
    fn some_targets_are_not_everything() {
        for (typed, expected) in [
            ("", true),
            ("a_name", true),
            ("a_name -- --nocapture --test", true),
            ("--release", true),
            ("--test health", false),
            ("--no-run", false),
            ("-p xtask", false),
            ("--features=jwt", false),
        ] {
            assert_eq!(is_everything(&words(typed)), expected, "{typed}");
        }
    }

    #[test]
    fn pages_are_written_in_a_run_of_every_test_only() {
        assert!(matches!(run(&words("--pages -p xtask")), Err(Failure::Usage(_))));
    }

    #[test]
    fn each_test_binary_of_the_workspace_runs_once() {
        let all = package::all().unwrap();
        let others = others(&all);
        let number = all.iter().filter(|package| !is_apart(package));
        let number = number.flat_map(|package| package["targets"].as_array().into_iter().flatten());
        let names: BTreeSet<_> =
            number.filter(|target| target["kind"][0] == "test").filter_map(|target| target["name"].as_str()).collect();
        assert_eq!(others.iter().filter(|word| **word == "--test").count() + WAITING.len(), names.len());
        for name in names {
            assert_ne!(others.contains(&name), WAITING.contains(&name), "{name}");
        }
    }

    #[test]
    fn a_choice_of_packages_gets_every_feature() {
        for typed in ["-p xtask", "-pxtask", "--package=xtask", "--workspace --exclude xtask"] {
            assert_eq!(shown(typed), format!("--no-fail-fast --all-features {typed}"));
        }
    }

    #[test]
    fn a_choice_of_tests_builds_the_examples_that_they_start() {
        let typed = "-p hardened --test health a_name";
        assert_eq!(shown(typed), format!("--no-fail-fast --all-features --examples {typed}"));
    }

    #[test]
    fn a_choice_of_features_counts_as_typed() {
        for typed in
            ["a_name -F jwt", "--all-features", "-p hardened --features=jwt", "-p hardened --no-default-features"]
        {
            assert_eq!(shown(typed), format!("--no-fail-fast {typed}"));
        }
    }
}
