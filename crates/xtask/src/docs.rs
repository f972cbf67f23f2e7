//! The documentation, as pages and as JSON.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, ExitCode};

use serde_json::Value;

use crate::failure::{Failure, failed};
use crate::{package, shell};

/// Tells this program that cargo has started it in place of rustdoc, and which crates are written as JSON too.
const AS_RUSTDOC: &str = "XTASK_AS_RUSTDOC";

/// What people read in addition to the packages that are published.
const READ: [&str; 1] = ["taskflow"];

/// Documents what people read; a warning is an error.
pub(crate) fn check() -> Result<(), Failure> {
    let program = shell::this_program()?;
    let packages = package::published()?;
    let libraries: Vec<String> = packages.iter().filter(|one| package::is_library(one)).map(crate_name).collect();
    let mut command = shell::cargo("doc --no-deps --all-features");
    READ.iter().copied().chain(packages.iter().filter_map(|one| one["name"].as_str())).for_each(|name| {
        command.args(["--package", name]);
    });
    // The flag without a meaning tells cargo that these pages are not those of a plain `cargo doc`, which have no JSON.
    command.env("RUSTDOCFLAGS", "-D warnings --cfg with_json");
    shell::run(command.env("RUSTDOC", program).env(AS_RUSTDOC, libraries.join(",")))
}

/// What rustdoc knows of a library.
pub(crate) fn json(package: &Value) -> Result<Value, Failure> {
    let file = shell::target().join("doc").join(format!("{}.json", crate_name(package)));
    let text = fs::read(&file).map_err(|error| failed(format!("{}: {error}", file.display())))?;
    serde_json::from_slice(&text).map_err(|error| failed(format!("{}: {error}", file.display())))
}

/// What the crate is called in code.
pub(crate) fn crate_name(package: &Value) -> String {
    package["name"].as_str().unwrap_or_default().replace('-', "_")
}

/// Runs rustdoc when cargo has started this program in its place: for the pages, and once more for the JSON, with the
/// marks of features as on docs.rs. Both are not stable, and only this one run is told so: the compiler and the build
/// scripts would compile something else.
pub(crate) fn as_rustdoc() -> Option<ExitCode> {
    let libraries = std::env::var(AS_RUSTDOC).ok()?;
    let libraries: BTreeSet<&str> = libraries.split(',').collect();
    let args: Vec<_> = std::env::args_os().skip(1).collect();
    let name = args.iter().skip_while(|arg| *arg != "--crate-name").nth(1).and_then(|name| name.to_str());
    let run = |more: &[&str]| {
        let mut command = Command::new("rustdoc");
        command.args(&args).args(more).env_remove(AS_RUSTDOC).env_remove("RUSTDOC");
        if !more.is_empty() {
            command.env("RUSTC_BOOTSTRAP", "1");
        }
        command.status().is_ok_and(|status| status.success())
    };
    let pages = run(&[]);
    let json = !name.is_some_and(|name| libraries.contains(name))
        || run(&["--cfg", "docsrs", "-Z", "unstable-options", "--output-format", "json"]);
    Some(if pages && json { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
