//! Runs the steps that every change must pass, and measures their time.
//!
//! Cheap steps come first, and steps that share compiled code are neighbours. No step sets `RUSTFLAGS`, because that would
//! recompile every dependency. Tests mostly wait for servers and programs, so they run in the background while other steps
//! compile.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::aside::Aside;
use crate::failure::{Failure, failed, usage};
use crate::{
    build_ratio, crates, docs, external_types, features, footprint, generate, links, minimal_versions, newcomer,
    package, public_paths, readers, release, rust_version, semver, shell, targets, test,
};

/// A step, and the function that runs it.
#[derive(Clone, Copy)]
struct Step {
    name: &'static str,
    run: fn() -> Result<(), Failure>,
}

/// All steps except the tests.
const CHECKS: &[Step] = &[
    Step { name: "format", run: format },
    Step { name: "links", run: links::check },
    Step { name: "rust-version", run: rust_version::check },
    Step { name: "crates", run: crates::check },
    Step { name: "package", run: package::check },
    Step { name: "bare", run: features::compare_bare },
    Step { name: "clippy", run: clippy },
    Step { name: "docs", run: docs::check },
    Step { name: "external-types", run: external_types::check },
    Step { name: "public-paths", run: public_paths::check },
    Step { name: "generated", run: generate::check },
];

/// The steps that run in the background in `ci`. Cargo's lock makes their builds and those of the checks take turns.
const TESTS: &[Step] = &[Step { name: "test", run: test::all }];

/// The steps that compile in a directory of their own.
const USERS: &[Step] = &[Step { name: "newcomer", run: newcomer::walk }];

/// The steps that `--full` adds, which take too long for every change.
const LONGER: &[Step] = &[
    Step { name: "features", run: features::check },
    Step { name: "apart", run: apart },
    Step { name: "newcomer-installs", run: newcomer::walk_and_install },
    Step { name: "readers", run: readers::compare },
    Step { name: "targets", run: targets::verify },
    Step { name: "oldest-rust", run: rust_version::compile },
    Step { name: "minimal-versions", run: minimal_versions::check },
    Step { name: "semver", run: semver::check },
    Step { name: "build-ratio", run: build_ratio::check },
    Step { name: "footprint", run: footprint::check },
    Step { name: "interruptions", run: interruptions },
    Step { name: "connections", run: connections },
];

/// The steps for the publication of a version.
const RELEASE: &[Step] = &[Step { name: "release", run: release::check }];

/// Runs the task `check`.
pub(crate) fn check(args: &[String]) -> Result<(), Failure> {
    if args.is_empty() {
        return run_steps(&[], CHECKS.iter());
    }
    let steps: Vec<&Step> = args.iter().map(|name| by_name(name)).collect::<Result<_, _>>()?;
    run_steps(&[], steps.into_iter())
}

/// Runs the task `ci`.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let full = match args {
        [] => false,
        [full] if full == "--full" => true,
        _ => return Err(usage(format!("`ci` takes `--full` or nothing, but got `{}`", args.join(" ")))),
    };
    // Background steps cannot ask questions, so what they need is provided first.
    test::provide(false)?;
    let outcome = run_steps(TESTS, CHECKS.iter().chain(USERS));
    // The longer steps include measurements, so nothing may run in the background.
    if full { run_steps(&[], LONGER.iter()).and(outcome) } else { outcome }
}

fn by_name(name: &str) -> Result<&'static Step, Failure> {
    let mut all = [CHECKS, TESTS, USERS, LONGER, RELEASE].into_iter().flatten();
    all.clone().find(|step| step.name == name).ok_or_else(|| {
        let names: Vec<_> = all.by_ref().map(|step| step.name).collect();
        usage(format!("there is no step `{name}`, only {}", names.join(", ")))
    })
}

fn format() -> Result<(), Failure> {
    shell::run(&mut shell::cargo("fmt --all --check"))
}

fn clippy() -> Result<(), Failure> {
    shell::run(&mut shell::cargo(&format!("clippy {} --all-targets --all-features -- -D warnings", package::TOGETHER)))
}

/// Checks the packages whose dependencies nothing else needs: benchmarks against other libraries, and examples with other
/// frameworks.
fn apart() -> Result<(), Failure> {
    for name in package::APART {
        shell::run(&mut shell::cargo(&format!("clippy --package {name} --all-targets --all-features -- -D warnings")))?;
        shell::run(&mut shell::cargo(&format!("test --package {name} --all-features")))?;
    }
    Ok(())
}

/// Interrupts and kills a verification at many more moments than a usual run of the tests does.
fn interruptions() -> Result<(), Failure> {
    let mut test = shell::cargo("test --package hardened-cli --all-features --test interrupted");
    shell::run(test.env("HARDENED_INTERRUPTIONS", "50"))
}

/// Attacks `serve` with many more connections than a usual run of the tests does.
fn connections() -> Result<(), Failure> {
    let mut test = shell::cargo("test --package hardened --all-features --test serve -- many_connections");
    shell::run(test.env("HARDENED_CONNECTIONS", "5000"))
}

/// The name of a step, whether it succeeded, and how long it took.
type Done = (&'static str, bool, Duration);

/// Runs every step, some of them in the background. It continues after a failure, so that one run reports everything.
fn run_steps<'a>(aside: &'a [Step], steps: impl Iterator<Item = &'a Step> + Clone) -> Result<(), Failure> {
    let names = aside.iter().chain(steps.clone()).map(|step| step.name);
    println!("steps: {}", names.collect::<Vec<_>>().join(", "));
    let start = Instant::now();
    let aside: Vec<Aside> = aside.iter().map(start_aside).collect::<Result<_, _>>()?;
    let mut done: Vec<Done> = Vec::new();
    for step in steps {
        println!("\n== {}", step.name);
        let start = Instant::now();
        let outcome = (step.run)();
        if let Err(failure) = &outcome {
            eprintln!("{failure}");
        }
        done.push(finish(step.name, outcome.is_ok(), start.elapsed()));
    }
    for aside in aside {
        let (name, ok, time) = aside.end();
        done.push(finish(name, ok, time));
    }
    println!("\n== summary");
    for (name, ok, time) in &done {
        println!("{name:<16}  {}", verdict(*ok, *time));
    }
    let bad: Vec<&str> = done.iter().filter(|(_, ok, _)| !ok).map(|(name, _, _)| *name).collect();
    println!("{:<16}  {}", "total", verdict(bad.is_empty(), start.elapsed()));
    if bad.is_empty() { Ok(()) } else { Err(failed(format!("failed: {}", bad.join(", ")))) }
}

fn finish(name: &'static str, ok: bool, time: Duration) -> Done {
    println!("== {name}: {}", verdict(ok, time));
    (name, ok, time)
}

/// Starts a step in a separate process.
fn start_aside(step: &Step) -> Result<Aside, Failure> {
    let mut command = Command::new(shell::this_program()?);
    command.args(["check", step.name]);
    Aside::start(step.name, command)
}

fn verdict(ok: bool, time: Duration) -> String {
    let word = if ok { "ok" } else { "FAILED" };
    format!("{:>6.1} s  {word}", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::shell::words;

    const GOOD: Step = Step { name: "good", run: || Ok(()) };
    const BAD: Step = Step { name: "bad", run: || Err(failed("so it is")) };

    #[test]
    fn a_step_that_fails_fails_the_whole_by_name_and_later_steps_still_run() {
        assert_eq!(run_steps(&[], [GOOD, GOOD].iter()), Ok(()));
        assert_eq!(run_steps(&[], [BAD, GOOD, BAD].iter()), Err(failed("failed: bad, bad")));
    }

    /// In a test, the program that the step starts is the test binary.
    #[test]
    fn a_step_that_runs_aside_counts_like_any_other() {
        let aside = |name| [Step { name, run: || Ok(()) }];
        assert_eq!(run_steps(&aside("--list"), [GOOD].iter()), Ok(()));
        assert_eq!(run_steps(&aside("--no-such-option"), [GOOD].iter()), Err(failed("failed: --no-such-option")));
    }

    #[test]
    fn an_unknown_argument_is_wrong_usage_before_any_step() {
        assert!(matches!(run(&words("--fast")), Err(Failure::Usage(_))));
        assert!(matches!(check(&words("--full")), Err(Failure::Usage(_))));
        assert!(matches!(check(&words("format no-such-step")), Err(Failure::Usage(_))));
    }

    #[test]
    fn workflows_run_steps_that_exist_and_actions_by_their_commit() {
        let mut used = 0;
        for entry in fs::read_dir(shell::root().join(".github/workflows")).unwrap() {
            let path = entry.unwrap().path();
            for line in fs::read_to_string(&path).unwrap().lines() {
                let at = format!("{}: {line}", path.display());
                if let Some((_, steps)) = line.split_once("cargo xtask check ") {
                    used += 1;
                    steps.split_whitespace().for_each(|name| assert!(by_name(name).is_ok(), "{at}"));
                }
                if let Some((_, action)) = line.split_once("uses: ") {
                    let (_, commit) = action.split_once('@').unwrap_or_default();
                    let commit = commit.split(' ').next().unwrap_or_default();
                    let pinned = commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
                    assert!(pinned && action.contains(" # v"), "{at}");
                }
            }
        }
        assert!(used > 0, "no workflow runs a step");
    }
}
