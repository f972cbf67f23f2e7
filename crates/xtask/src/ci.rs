//! What every change must pass, step by step, with the time that each takes.
//!
//! The order is that of cost, and steps that can share what they compile stand together. No step
//! sets `RUSTFLAGS`: that would compile every dependency again.

use std::time::{Duration, Instant};

use crate::failure::{Failure, failed, usage};
use crate::task::takes_none;
use crate::{build_ratio, crates, features, footprint, generate, newcomer, readers, rust_version, shell, test};

/// One step.
struct Step {
    name: &'static str,
    run: fn() -> Result<(), Failure>,
}

/// Everything but the tests.
const CHECKS: &[Step] = &[
    Step { name: "format", run: format },
    Step { name: "rust-version", run: rust_version::check },
    Step { name: "crates", run: crates::check },
    Step { name: "clippy", run: clippy },
    Step { name: "docs", run: docs },
    Step { name: "features", run: features::check },
    Step { name: "generated", run: generate::check },
];

const TESTS: &[Step] = &[Step { name: "test", run: test::all }, Step { name: "newcomer", run: newcomer::walk }];

/// What `--full` adds: too long for every change.
const LONGER: &[Step] = &[
    Step { name: "readers", run: readers::compare },
    Step { name: "oldest-rust", run: rust_version::compile },
    Step { name: "build-ratio", run: build_ratio::check },
    Step { name: "footprint", run: footprint::check },
];

/// The task `check`.
pub(crate) fn check(args: &[String]) -> Result<(), Failure> {
    takes_none("check", args)?;
    run_steps(&[CHECKS])
}

/// The task `ci`.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    match args {
        [] => run_steps(&[CHECKS, TESTS]),
        [full] if full == "--full" => run_steps(&[CHECKS, TESTS, LONGER]),
        _ => Err(usage(format!("`ci` takes `--full` or nothing, and got `{}`", args.join(" ")))),
    }
}

fn format() -> Result<(), Failure> {
    shell::run(&mut shell::cargo("fmt --all --check"))
}

fn clippy() -> Result<(), Failure> {
    let arguments = "clippy --workspace --all-targets --all-features -- -D warnings";
    shell::run(&mut shell::cargo(arguments))
}

fn docs() -> Result<(), Failure> {
    let mut command = shell::cargo("doc --workspace --no-deps --all-features");
    shell::run(command.env("RUSTDOCFLAGS", "-D warnings"))
}

/// Runs every step, also after one that failed, so that one run says everything.
fn run_steps(groups: &[&[Step]]) -> Result<(), Failure> {
    let mut done = Vec::new();
    for step in groups.iter().copied().flatten() {
        println!("\n== {}", step.name);
        let start = Instant::now();
        let outcome = (step.run)();
        let time = start.elapsed();
        if let Err(failure) = &outcome {
            eprintln!("{failure}");
        }
        println!("== {}: {}", step.name, verdict(outcome.is_ok(), time));
        done.push((step.name, outcome.is_ok(), time));
    }
    println!("\n== summary");
    for (name, ok, time) in &done {
        println!("{name:<12}  {}", verdict(*ok, *time));
    }
    let total = done.iter().map(|(_, _, time)| time).sum();
    let bad: Vec<&str> = done.iter().filter(|(_, ok, _)| !ok).map(|(name, _, _)| *name).collect();
    println!("{:<12}  {}", "total", verdict(bad.is_empty(), total));
    if bad.is_empty() { Ok(()) } else { Err(failed(format!("failed: {}", bad.join(", ")))) }
}

fn verdict(ok: bool, time: Duration) -> String {
    let word = if ok { "ok" } else { "FAILED" };
    format!("{:>6.1} s  {word}", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Step = Step { name: "good", run: || Ok(()) };
    const BAD: Step = Step { name: "bad", run: || Err(failed("so it is")) };

    #[test]
    fn a_step_that_fails_fails_the_whole_by_name_and_later_steps_still_run() {
        assert_eq!(run_steps(&[&[GOOD], &[GOOD]]), Ok(()));
        assert_eq!(run_steps(&[&[BAD, GOOD], &[BAD]]), Err(failed("failed: bad, bad")));
    }

    #[test]
    fn an_unknown_argument_is_wrong_usage_before_any_step() {
        assert!(matches!(run(&["--fast".to_owned()]), Err(Failure::Usage(_))));
        assert!(matches!(check(&["--full".to_owned()]), Err(Failure::Usage(_))));
    }
}
