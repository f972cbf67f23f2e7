//! The list of tasks, with their names and descriptions.

use std::fmt::Write;

use crate::failure::{Failure, usage};

/// A task. `main` maps it to its function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Task {
    Test,
    Check,
    Ci,
    Generate,
    Steady,
    Crates,
    BuildRatio,
    Bench,
    Keys,
    Fuzz,
    Footprint,
    Newcomer,
    Readers,
    ScanPrecision,
    Screenshots,
    Targets,
    Tools,
}

/// The description of a task in `--help` and in the documentation.
pub(crate) struct Described {
    pub(crate) task: Task,
    /// The name after `cargo xtask`.
    pub(crate) name: &'static str,
    /// The arguments after the name.
    arguments: &'static str,
    /// What the task does, in one line.
    pub(crate) about: &'static str,
}

/// Every task, in the order of `--help`.
#[rustfmt::skip]
pub(crate) const TASKS: &[Described] = &[
    Described { task: Task::Test, name: "test", arguments: "[--yes] [--pages] [ARGUMENTS OF cargo test]",
        about: "find what the tests need, ask before installing what is missing, then run every test; `--pages` writes the \
                documentation when its examples run, and checks the public API" },
    Described { task: Task::Check, name: "check", arguments: "[STEP]...",
        about: "run the steps of `ci` without the tests, or the named steps, including long ones" },
    Described { task: Task::Ci, name: "ci", arguments: "[--full]",
        about: "run everything that a change must pass: the checks, the tests, the README; `--full` adds what takes long" },
    Described { task: Task::Generate, name: "generate", arguments: "[--check] [NAME] | --published DIR",
        about: "write the generated files, or with `--check` name the outdated ones; the table of published keys is \
                made from the lists in DIR" },
    Described { task: Task::Steady, name: "steady", arguments: "[--times N] [BINARY]...",
        about: "run every test binary that touches time, sockets or processes many times on a busy machine; continues \
                where it was interrupted" },
    Described { task: Task::Crates, name: "crates", arguments: "",
        about: "count the crates that a user compiles, and compare the number with the bound" },
    Described { task: Task::BuildRatio, name: "build-ratio", arguments: "",
        about: "compare the time of a clean release build with that of the libraries that it builds on, and with the bound" },
    Described { task: Task::Bench, name: "bench", arguments: "[NAME] [ARGUMENTS OF THE BENCH]",
        about: "run the benchmarks, or one of them" },
    Described { task: Task::Keys, name: "keys", arguments: "[--count N] [--seed S] [--published DIR]",
        about: "count good keys refused and published keys accepted, by this library and by others" },
    Described { task: Task::Fuzz, name: "fuzz", arguments: "[TARGET] [--seconds N]",
        about: "run the fuzz targets, or one of them; installs cargo-fuzz" },
    Described { task: Task::Footprint, name: "footprint", arguments: "",
        about: "measure the size, start, memory and demo of the example backend, and compare them with the bounds" },
    Described { task: Task::Newcomer, name: "newcomer", arguments: "[--built]",
        about: "follow the README as a new user, in an empty directory; `--built` takes the command line tool that the tests \
                have built instead of installing it" },
    Described { task: Task::Readers, name: "readers", arguments: "[--yes]",
        about: "install the programs of other languages that tests call: readers of the database's URL, validators of JSON \
                Schema, schemathesis, FastAPI, Express" },
    Described { task: Task::ScanPrecision, name: "scan-precision", arguments: "[FOLDER]...",
        about: "print what the scan of code and configuration reports about public sources: the named folders, or every crate that \
                cargo has downloaded" },
    Described { task: Task::Screenshots, name: "screenshots", arguments: "",
        about: "take pictures of the pages that `hardened verify` and `hardened audit` write, as wide as a phone and as a desktop" },
    Described { task: Task::Targets, name: "targets", arguments: "[--yes]",
        about: "install servers of the npm registry, and find their weaknesses with `hardened-verify`" },
    Described { task: Task::Tools, name: "tools", arguments: "[--yes] [NAME]...",
        about: "show the tools that tests need, or install those named" },
];

/// The request on the command line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Asked<'a> {
    /// A text to print.
    Help(String),
    /// A task and its arguments.
    Task(Task, &'a [String]),
}

/// Reads the command line.
pub(crate) fn asked(args: &[String]) -> Result<Asked<'_>, Failure> {
    let Some((name, rest)) = args.split_first() else {
        return Err(usage(format!("which task?\n\n{}", help())));
    };
    if is_help(name) {
        return Ok(Asked::Help(help()));
    }
    let Some(described) = TASKS.iter().find(|described| described.name == name) else {
        return Err(usage(format!("there is no task `{name}`\n\n{}", help())));
    };
    if rest.first().is_some_and(|first| is_help(first)) {
        return Ok(Asked::Help(format!("{}: {}\n", described.call(), described.about)));
    }
    Ok(Asked::Task(described.task, rest))
}

impl Described {
    /// Returns the command line of the task.
    pub(crate) fn call(&self) -> String {
        format!("cargo xtask {} {}", self.name, self.arguments).trim_end().to_owned()
    }
}

fn is_help(arg: &str) -> bool {
    matches!(arg, "--help" | "-h" | "help")
}

fn help() -> String {
    let mut text = String::from("cargo xtask TASK\n\n");
    let width = TASKS.iter().map(|described| described.name.len()).max().unwrap_or(0);
    for described in TASKS {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {:width$}  {}", described.name, described.about);
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
        let typed = words("tset");
        let Err(failure @ Failure::Usage(_)) = asked(&typed) else { panic!("not refused") };
        let message = failure.to_string();
        assert!(message.starts_with("there is no task `tset`"), "{message}");
        assert!(TASKS.iter().all(|described| message.contains(described.about)), "{message}");
    }

    #[test]
    fn no_task_is_wrong_usage() {
        assert!(matches!(asked(&[]), Err(Failure::Usage(_))));
    }

    #[test]
    fn help_is_there_for_all_and_for_each() {
        assert_eq!(asked(&words("--help")), Ok(Asked::Help(help())));
        for described in TASKS {
            let typed = [described.name.to_owned(), "--help".to_owned()];
            let Ok(Asked::Help(text)) = asked(&typed) else { panic!("no help for {}", described.name) };
            assert!(text.contains(described.about), "{text}");
        }
    }

    #[test]
    fn every_task_is_listed_once_under_one_name() {
        for (index, described) in TASKS.iter().enumerate() {
            let before = &TASKS[..index];
            assert!(before.iter().all(|other| other.task != described.task), "{}", described.name);
            assert!(before.iter().all(|other| other.name != described.name), "{}", described.name);
            let typed = words(&format!("{} --flag", described.name));
            assert_eq!(asked(&typed), Ok(Asked::Task(described.task, &typed[1..])));
        }
    }
}
