//! `cargo xtask fuzz`: runs the parsers on arbitrary input for a long time.
//!
//! Every test run checks the same properties briefly.

use std::fs;

use crate::{
    failure::{Failure, failed, usage},
    shell,
};

/// How long each target runs by default, in seconds.
const SECONDS: &str = "60";

/// Runs the task.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let (name, seconds) = match args {
        [] => (None, SECONDS),
        [name] => (Some(name), SECONDS),
        [flag, seconds] if flag == "--seconds" => (None, seconds.as_str()),
        [name, flag, seconds] if flag == "--seconds" => (Some(name), seconds.as_str()),
        _ => return Err(usage("`fuzz` takes a target and `--seconds N`".to_owned())),
    };
    let targets = targets()?;
    let chosen: Vec<_> = targets.iter().filter(|target| name.is_none_or(|name| name == *target)).collect();
    if chosen.is_empty() {
        return Err(usage(format!("there is no such target, only {}", targets.join(", "))));
    }
    install()?;
    for target in chosen {
        // Without a sanitizer it runs on the stable toolchain, and there is no unsafe code to check.
        let mut command = shell::cargo("fuzz run --sanitizer none");
        let limits = [format!("-max_total_time={seconds}"), "-rss_limit_mb=2048".to_owned()];
        shell::run(command.arg(target).arg("--").args(limits))?;
    }
    Ok(())
}

/// Returns the names of the targets, from their files.
fn targets() -> Result<Vec<String>, Failure> {
    let folder = shell::root().join("fuzz/fuzz_targets");
    let io = |error| failed(format!("{}: {error}", folder.display()));
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).map_err(io)? {
        let path = entry.map_err(io)?.path();
        names.extend(path.file_stem().and_then(|name| name.to_str()).map(str::to_owned));
    }
    names.sort();
    Ok(names)
}

fn install() -> Result<(), Failure> {
    if shell::output(&mut shell::cargo("fuzz --version")).is_ok() {
        return Ok(());
    }
    shell::run(&mut shell::cargo("install cargo-fuzz --locked"))
}
