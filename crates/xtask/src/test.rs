//! Running the tests.

use crate::args::flag;
use crate::failure::{Failure, failed};
use crate::{readers, shell, tools};

/// The library at the two ends of its features, the whole workspace with it. Doc tests and examples are among them,
/// benchmarks are not: `cargo xtask check benches`. `cargo xtask newcomer` is the user's view, with the default features.
const RUNS: [&str; 2] = [
    "--workspace --exclude hardened-benches --all-features",
    // The examples of the documentation are written with the derive.
    "--package hardened --no-default-features --lib --tests",
];

/// What chooses packages, and so makes a run of its own.
const PACKAGES: [&str; 5] = ["-p", "--package", "--workspace", "--all", "--exclude"];

/// What chooses features.
const FEATURES: [&str; 4] = ["-F", "--features", "--all-features", "--no-default-features"];

/// The task.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let (yes, args) = flag("--yes", args);
    let runs = runs(&args);
    println!("first: find what the tests need");
    for run in &runs {
        println!("then: cargo test {}", run.join(" "));
    }
    let mut skipped = tools::provide_needed(yes)?;
    skipped.extend(readers::provide(yes)?);
    // One that fails hides no other.
    let failures: Vec<String> = runs
        .iter()
        .filter_map(|run| shell::run(shell::cargo("test").args(run)).err())
        .map(|failure| failure.to_string())
        .collect();
    skipped.iter().for_each(|reason| println!("skipped: {reason}"));
    if failures.is_empty() { Ok(()) } else { Err(failed(failures.join("\n"))) }
}

/// All tests, as a step of `ci`.
pub(crate) fn all() -> Result<(), Failure> {
    run(&[])
}

/// The arguments of each `cargo test`.
fn runs(args: &[String]) -> Vec<Vec<String>> {
    let with = |before: &str| [shell::words(before), args.to_vec()].concat();
    match (chooses(args, &PACKAGES), chooses(args, &FEATURES)) {
        (false, false) => RUNS.iter().map(|run| with(&format!("--no-fail-fast {run}"))).collect(),
        // Most tests need features that are off by default.
        (true, false) => vec![with("--no-fail-fast --all-features")],
        (_, true) => vec![with("--no-fail-fast")],
    }
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

    fn shown(args: &str) -> Vec<String> {
        runs(&words(args)).iter().map(|run| run.join(" ")).collect()
    }

    #[test]
    fn without_arguments_everything_runs() {
        assert_eq!(shown(""), RUNS.map(|run| format!("--no-fail-fast {run}")));
    }

    #[test]
    fn a_name_is_looked_for_in_every_run() {
        for name in ["a_name", "-- -p", "--jobs 1"] {
            assert_eq!(shown(name), RUNS.map(|run| format!("--no-fail-fast {run} {name}")));
        }
    }

    #[test]
    fn a_choice_of_packages_is_one_run_with_every_feature() {
        for typed in
            ["-p xtask", "-pxtask", "--package=xtask", "-p hardened --test health", "--workspace --exclude xtask"]
        {
            assert_eq!(shown(typed), [format!("--no-fail-fast --all-features {typed}")]);
        }
    }

    #[test]
    fn a_choice_of_features_is_one_run_as_typed() {
        for typed in
            ["a_name -F jwt", "--all-features", "-p hardened --features=jwt", "-p hardened --no-default-features"]
        {
            assert_eq!(shown(typed), [format!("--no-fail-fast {typed}")]);
        }
    }
}
