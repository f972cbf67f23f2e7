//! The list of tasks, and how the command line chooses one.

use std::fmt::Write;

use crate::failure::{Failure, usage};
use crate::{bench, build_ratio, ci, crates, footprint, fuzz, generate, keys, newcomer, readers, test, tools};

/// One task.
pub(crate) struct Task {
    /// What is typed after `cargo xtask`.
    pub(crate) name: &'static str,
    /// What may be typed after the name.
    pub(crate) arguments: &'static str,
    /// What it does, in one line.
    pub(crate) about: &'static str,
    run: fn(&[String]) -> Result<(), Failure>,
}

/// Every task, in the order of `--help`.
pub(crate) const TASKS: &[Task] = &[
    Task {
        name: "test",
        arguments: "[ARGUMENTS OF cargo test]",
        about: "find or install what the tests need, then run them all",
        run: test::run,
    },
    Task { name: "check", arguments: "", about: "everything of `ci` apart from the tests", run: ci::check },
    Task {
        name: "ci",
        arguments: "[--full]",
        about: "everything a change must pass: the checks, then the tests; `--full` adds the long ones",
        run: ci::run,
    },
    Task {
        name: "generate",
        arguments: "[--check] [NAME] | --published DIR",
        about: "write the generated files, or with `--check` name those out of step; the table of published keys is \
                made from the lists in DIR",
        run: generate::run,
    },
    Task {
        name: "crates",
        arguments: "",
        about: "count the crates a user compiles, against the bound",
        run: crates::run,
    },
    Task {
        name: "build-ratio",
        arguments: "",
        about: "time a clean release build against the libraries it stands on, against the bound",
        run: build_ratio::run,
    },
    Task {
        name: "bench",
        arguments: "[NAME] [ARGUMENTS OF THE BENCH]",
        about: "run the benchmarks, or one of them",
        run: bench::run,
    },
    Task {
        name: "keys",
        arguments: "[--count N] [--seed S] [--published DIR]",
        about: "count good keys refused and published keys accepted, by this library and by others",
        run: keys::run,
    },
    Task {
        name: "fuzz",
        arguments: "[TARGET] [--seconds N]",
        about: "run the fuzz targets, or one of them; installs cargo-fuzz",
        run: fuzz::run,
    },
    Task {
        name: "footprint",
        arguments: "",
        about: "measure the size, start, memory and demo of the example backend, against the bounds",
        run: footprint::run,
    },
    Task {
        name: "newcomer",
        arguments: "",
        about: "walk the first five minutes of a new user, in an empty directory",
        run: newcomer::run,
    },
    Task {
        name: "readers",
        arguments: "",
        about: "install the other programs that read the database's URL, for the test that compares them",
        run: readers::run,
    },
    Task {
        name: "tools",
        arguments: "[NAME]...",
        about: "show the tools that tests can need, or install those named",
        run: tools::run,
    },
];

/// Runs the task that the arguments name.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let Some((name, rest)) = args.split_first() else {
        return Err(usage(format!("which task?\n\n{}", help())));
    };
    if is_help(name) {
        print!("{}", help());
        return Ok(());
    }
    let Some(task) = TASKS.iter().find(|task| task.name == name) else {
        return Err(usage(format!("there is no task `{name}`\n\n{}", help())));
    };
    if rest.first().is_some_and(|first| is_help(first)) {
        println!("{}: {}", task.call(), task.about);
        return Ok(());
    }
    (task.run)(rest)
}

/// Refuses arguments, for the tasks that take none.
pub(crate) fn takes_none(task: &str, args: &[String]) -> Result<(), Failure> {
    match args.first() {
        None => Ok(()),
        Some(arg) => Err(usage(format!("`{task}` takes no argument, and got `{arg}`"))),
    }
}

impl Task {
    /// How the task is called, as typed.
    pub(crate) fn call(&self) -> String {
        format!("cargo xtask {} {}", self.name, self.arguments).trim_end().to_owned()
    }
}

fn is_help(arg: &str) -> bool {
    matches!(arg, "--help" | "-h" | "help")
}

fn help() -> String {
    let mut text = String::from("cargo xtask TASK\n\n");
    let width = TASKS.iter().map(|task| task.name.len()).max().unwrap_or(0);
    for task in TASKS {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {:width$}  {}", task.name, task.about);
    }
    text.push_str("\n`cargo xtask TASK --help` shows the arguments of one.\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::words;

    #[test]
    fn an_unknown_task_is_wrong_usage_and_lists_the_tasks() {
        let Err(failure @ Failure::Usage(_)) = run(&words("tset")) else { panic!("not refused") };
        let message = failure.to_string();
        assert!(message.starts_with("there is no task `tset`"), "{message}");
        assert!(TASKS.iter().all(|task| message.contains(task.about)), "{message}");
    }

    #[test]
    fn no_task_is_wrong_usage() {
        assert!(matches!(run(&[]), Err(Failure::Usage(_))));
    }

    #[test]
    fn help_succeeds_for_all_and_for_each() {
        assert_eq!(run(&words("--help")), Ok(()));
        for task in TASKS {
            assert_eq!(run(&[task.name.to_owned(), "--help".to_owned()]), Ok(()));
        }
    }

    #[test]
    fn a_task_without_arguments_refuses_one() {
        assert!(matches!(run(&words("crates --check")), Err(Failure::Usage(_))));
    }

    #[test]
    fn every_task_is_listed_once() {
        for (index, task) in TASKS.iter().enumerate() {
            assert!(TASKS[..index].iter().all(|other| other.name != task.name), "{}", task.name);
        }
    }
}
