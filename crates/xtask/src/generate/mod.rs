//! Generates the files of the repository that are made from other files in it.
//!
//! The test `pages` generates those that are made from tables and types of the crates. Otherwise this program would depend
//! on all crates, and nothing else could start before they are compiled.

mod copies;
mod generated;
mod pages;
mod published;
mod suffixes;
mod tasks;

use std::fs;

use self::generated::Generated;
use crate::failure::{Failure, failed, usage};
use crate::shell;

/// Every generator of this program.
const ALL: &[Generator] = &[
    Generator { name: "tasks", make: tasks::make },
    Generator { name: "suffixes", make: suffixes::list },
    Generator { name: "distance", make: copies::distance },
    Generator { name: "humps", make: copies::humps },
    Generator { name: "secret-words", make: copies::secret_words },
];

/// A generator of one file.
struct Generator {
    name: &'static str,
    make: fn() -> Result<Generated, Failure>,
}

/// What to do with a file that is out of date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Write,
    Check,
}

/// Runs the task.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    if let [flag, lists] = args
        && flag == "--published"
    {
        return published::run(lists.as_ref());
    }
    let (mode, name) = parse(args)?;
    let chosen: Vec<&Generator> =
        ALL.iter().filter(|generator| name.is_none_or(|name| generator.name == name)).collect();
    let page = name.filter(|name| pages::NAMES.contains(name));
    if chosen.is_empty() && page.is_none() {
        let names: Vec<_> = ALL.iter().map(|generator| generator.name).chain(pages::NAMES).collect();
        let name = name.unwrap_or_default();
        return Err(usage(format!("there is no generator `{name}`, only {}", names.join(", "))));
    }
    let outcome = apply(&chosen, mode);
    if name.is_none() || page.is_some() { outcome.and(pages::run(mode == Mode::Write, page)) } else { outcome }
}

/// Checks the files, as a step of `ci`. The pages are checked by a test.
pub(crate) fn check() -> Result<(), Failure> {
    apply(&ALL.iter().collect::<Vec<_>>(), Mode::Check)
}

fn parse(args: &[String]) -> Result<(Mode, Option<&str>), Failure> {
    let mut mode = Mode::Write;
    let mut name = None;
    for arg in args {
        match arg.as_str() {
            "--check" => mode = Mode::Check,
            other if other.starts_with('-') || name.is_some() => {
                return Err(usage(format!("`generate` takes `--check` and one name, but got `{other}`")));
            }
            other => name = Some(other),
        }
    }
    Ok((mode, name))
}

fn apply(generators: &[&Generator], mode: Mode) -> Result<(), Failure> {
    let mut stale = Vec::new();
    for generator in generators {
        let Generated { path, content } = (generator.make)()?;
        let file = shell::root().join(path);
        // A file that cannot be read is out of date.
        if fs::read(&file).is_ok_and(|now| now == content) {
            println!("{path}: up to date");
            continue;
        }
        match mode {
            Mode::Write => {
                let write_error = |error| failed(format!("{path}: {error}"));
                if let Some(folder) = file.parent() {
                    fs::create_dir_all(folder).map_err(write_error)?;
                }
                fs::write(&file, content).map_err(write_error)?;
                println!("{path}: written");
            }
            Mode::Check => {
                println!("{path}: out of date");
                stale.push(format!("{path}: cargo xtask generate {}", generator.name));
            }
        }
    }
    if stale.is_empty() {
        Ok(())
    } else {
        Err(failed(format!("generated files are out of date\n{}", stale.join("\n"))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::words;

    const PATH: &str = "target/xtask-generate-test/file";
    const ONE: Generator =
        Generator { name: "one", make: || Ok(Generated { path: PATH, content: b"content\n".to_vec() }) };

    #[test]
    fn a_check_names_what_is_out_of_step_and_writing_mends_it() -> std::io::Result<()> {
        let file = shell::root().join(PATH);
        let stale = failed(format!("generated files are out of date\n{PATH}: cargo xtask generate one"));
        let _ = fs::remove_file(&file);
        assert_eq!(apply(&[&ONE], Mode::Check).as_ref(), Err(&stale));
        assert!(!file.exists(), "a check writes nothing");
        assert_eq!(apply(&[&ONE], Mode::Write), Ok(()));
        assert_eq!(apply(&[&ONE], Mode::Check), Ok(()));
        fs::write(&file, "another")?;
        assert_eq!(apply(&[&ONE], Mode::Check), Err(stale));
        assert_eq!(fs::read(&file)?, b"another", "a check writes nothing");
        fs::remove_file(&file)
    }

    #[test]
    fn arguments_are_a_flag_and_a_name_in_any_order() {
        for (typed, expected) in [
            ("", (Mode::Write, None)),
            ("--check", (Mode::Check, None)),
            ("rules --check", (Mode::Check, Some("rules"))),
            ("--check rules", (Mode::Check, Some("rules"))),
        ] {
            assert_eq!(parse(&words(typed)), Ok(expected), "{typed}");
        }
        assert!(matches!(parse(&words("--verify")), Err(Failure::Usage(_))));
        assert!(matches!(parse(&words("rules tiers")), Err(Failure::Usage(_))));
    }

    #[test]
    fn an_unknown_generator_is_wrong_usage() {
        assert!(matches!(run(&words("--check nothing")), Err(Failure::Usage(_))));
    }
}
