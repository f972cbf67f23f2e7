//! Running the tests.

use std::process::Command;

use crate::args::flag;
use crate::failure::Failure;
use crate::{busy, readers, shell, tools};

/// The whole workspace; the library with every feature and, as `hardened-bare`, without any. Doc tests and examples are
/// among them, benchmarks are not: `cargo xtask check benches`. `cargo xtask newcomer` is the user's view, with the
/// default features.
const EVERYTHING: &str = "--no-fail-fast --workspace --exclude hardened-benches --all-features";

/// How many tests run at once for each core: most of them wait, for servers and for programs.
const AT_ONCE: usize = 4;

/// By which libtest is told the same.
const THREADS: &str = "RUST_TEST_THREADS";

/// What chooses packages.
const PACKAGES: [&str; 5] = ["-p", "--package", "--workspace", "--all", "--exclude"];

/// What chooses features.
const FEATURES: [&str; 4] = ["-F", "--features", "--all-features", "--no-default-features"];

/// The task.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let (yes, args) = flag("--yes", args);
    let args = arguments(&args);
    println!("first: find what the tests need");
    println!("then: cargo test {}", args.join(" "));
    let skipped = provide(yes)?;
    let mut command = shell::cargo("test");
    many_at_once(&mut command);
    let outcome = shell::run(command.args(args));
    skipped.iter().for_each(|reason| println!("skipped: {reason}"));
    outcome
}

/// Tells libtest how many tests it runs at once, unless somebody has told it.
pub(crate) fn many_at_once(command: &mut Command) {
    if std::env::var_os(THREADS).is_none() {
        command.env(THREADS, (AT_ONCE * busy::cores()).to_string());
    }
}

/// Finds what the tests need, and installs it if it may; what is skipped without it.
pub(crate) fn provide(yes: bool) -> Result<Vec<String>, Failure> {
    let mut skipped = tools::provide_needed(yes)?;
    skipped.extend(readers::provide(yes)?);
    Ok(skipped)
}

/// All tests, as a step of `ci`.
pub(crate) fn all() -> Result<(), Failure> {
    run(&[])
}

/// The arguments of `cargo test`. One that fails hides no other.
fn arguments(args: &[String]) -> Vec<String> {
    let before = match (chooses(args, &PACKAGES), chooses(args, &FEATURES)) {
        (false, false) => EVERYTHING,
        // Most tests need features that are off by default.
        (true, false) => "--no-fail-fast --all-features",
        (_, true) => "--no-fail-fast",
    };
    // Some tests start an example, which cargo builds only when no target is chosen, or when it is chosen too.
    let examples = if chooses(args, &["--test"]) { &["--examples".to_owned()][..] } else { &[] };
    [&shell::words(before), examples, args].concat()
}

fn chooses(args: &[String], choices: &[&str]) -> bool {
    args.iter().take_while(|arg| *arg != "--").any(|arg| {
        let name = arg.split_once('=').map_or(arg.as_str(), |(name, _)| name);
        // `-phardened` is `-p hardened`.
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
        assert_eq!(shown(""), EVERYTHING);
    }

    #[test]
    fn a_name_is_looked_for_in_everything() {
        for name in ["a_name", "-- -p", "--jobs 1"] {
            assert_eq!(shown(name), format!("{EVERYTHING} {name}"));
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
