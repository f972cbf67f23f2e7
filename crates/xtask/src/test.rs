//! Running the tests.

use crate::failure::Failure;
use crate::{readers, shell, tools};

/// The library at the two ends of its features, the whole workspace with it. Doc tests and examples are among them,
/// benchmarks are not. `cargo xtask newcomer` is the user's view, with the default features.
const RUNS: [&str; 2] = [
    "--workspace --all-features",
    // The examples of the documentation are written with the derive.
    "--package hardened --no-default-features --lib --tests",
];

/// What chooses packages or features, and so makes a run of its own.
const CHOICES: [&str; 9] = [
    "-p",
    "--package",
    "--workspace",
    "--all",
    "--exclude",
    "-F",
    "--features",
    "--all-features",
    "--no-default-features",
];

/// The task.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    tools::provide_needed()?;
    readers::provide()?;
    for arguments in runs(args) {
        shell::run(shell::cargo("test").args(arguments))?;
    }
    Ok(())
}

/// All tests, as a step of `ci`.
pub(crate) fn all() -> Result<(), Failure> {
    run(&[])
}

/// The arguments of each `cargo test`.
fn runs(args: &[String]) -> Vec<Vec<String>> {
    if chooses(args) {
        return vec![args.to_vec()];
    }
    RUNS.iter().map(|run| [shell::words(run), args.to_vec()].concat()).collect()
}

fn chooses(args: &[String]) -> bool {
    args.iter().take_while(|arg| *arg != "--").any(|arg| {
        let name = arg.split_once('=').map_or(arg.as_str(), |(name, _)| name);
        // `-phardened` is `-p hardened`.
        let short = name.get(..2).filter(|_| !name.starts_with("--"));
        CHOICES.iter().any(|choice| *choice == name || Some(*choice) == short)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::words;

    #[test]
    fn without_arguments_everything_runs() {
        assert_eq!(runs(&[]), RUNS.map(words));
    }

    #[test]
    fn a_name_is_looked_for_in_every_run() {
        assert_eq!(runs(&words("a_name")), RUNS.map(|run| words(&format!("{run} a_name"))));
    }

    #[test]
    fn a_choice_of_packages_or_features_is_one_run_as_typed() {
        for typed in
            ["-p xtask", "-pxtask", "--package=xtask", "a_name -F jwt", "--all-features", "--workspace --exclude xtask"]
        {
            assert_eq!(runs(&words(typed)), [words(typed)], "{typed}");
        }
    }

    #[test]
    fn what_follows_two_dashes_is_for_the_test_binaries() {
        assert_eq!(runs(&words("-- -p")).len(), RUNS.len());
        assert_eq!(runs(&words("--jobs 1")).len(), RUNS.len());
    }
}
