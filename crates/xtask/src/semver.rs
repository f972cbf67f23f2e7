//! Compares the public API with the last release.

use crate::failure::{Failure, failed};
use crate::{metadata, shell};

/// Compares every published library with the newest version tag, using cargo-semver-checks.
pub(crate) fn check() -> Result<(), Failure> {
    let Some(tag) = last_release()? else {
        println!("there is no release yet to compare with");
        return Ok(());
    };
    if shell::output(&mut shell::cargo("semver-checks --version")).is_err() {
        return Err(failed("cargo-semver-checks is missing: cargo install cargo-semver-checks --locked"));
    }
    let mut command = shell::cargo("semver-checks --all-features");
    for package in metadata::workspace()?.iter().filter(|package| package.published && package.is_library) {
        command.args(["--package", &package.name]);
    }
    shell::run(command.args(["--baseline-rev", &tag]))
}

fn last_release() -> Result<Option<String>, Failure> {
    let mut command = std::process::Command::new("git");
    command.args(["tag", "--list", "v[0-9]*", "--sort=-version:refname", "--merged"]).current_dir(shell::root());
    Ok(shell::output(&mut command)?.lines().next().map(str::to_owned))
}
