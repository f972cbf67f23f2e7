//! The documentation, as pages and as JSON.
//!
//! For its pages, `cargo doc` compiles all dependencies once more, for their types alone. Where everything is built once, the
//! pages are written when rustdoc runs the examples of the documentation, from what the tests were built with.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::process::{Command, ExitCode};

use serde_json::Value;

use crate::failure::{Failure, failed};
use crate::{package, shell};

/// Tells this program that cargo has started it in place of rustdoc, and which crates are written as JSON too.
const AS_RUSTDOC: &str = "XTASK_AS_RUSTDOC";

/// Tells it where pages are written when it is started to run examples.
const PAGES: &str = "XTASK_PAGES";

/// What rustdoc takes only when it runs examples; those that have a value.
const OF_EXAMPLES: [&str; 4] = ["--test-run-directory", "--test-args", "--test-runtool", "--test-runtool-arg"];

/// The examples of a procedural macro cannot use the library that it is for: they are those of the library.
const WITHOUT_EXAMPLES: &str = "hardened_derive";

/// What people read in addition to the packages that are published.
const READ: [&str; 1] = ["taskflow"];

/// Documents what people read; a warning is an error.
pub(crate) fn check() -> Result<(), Failure> {
    let packages = package::published()?;
    let mut command = shell::cargo("doc --no-deps --all-features");
    READ.iter().copied().chain(packages.iter().filter_map(|one| one["name"].as_str())).for_each(|name| {
        command.args(["--package", name]);
    });
    // The flag without a meaning tells cargo that these pages are not those of a plain `cargo doc`, which have no JSON.
    command.env("RUSTDOCFLAGS", "-D warnings --cfg with_json");
    shell::run(in_place_of_rustdoc(&mut command, &packages)?)
}

/// Has a run of the documentation's examples write the pages too; a warning is an error.
pub(crate) fn with_pages(command: &mut Command) -> Result<&mut Command, Failure> {
    let folder = shell::target().join("doc");
    in_place_of_rustdoc(command.env(PAGES, folder), &package::published()?)
}

fn in_place_of_rustdoc<'c>(command: &'c mut Command, packages: &[Value]) -> Result<&'c mut Command, Failure> {
    let libraries: Vec<String> = packages.iter().filter(|one| package::is_library(one)).map(crate_name).collect();
    Ok(command.env("RUSTDOC", shell::this_program()?).env(AS_RUSTDOC, libraries.join(",")))
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
    let (args, has_run) = match std::env::var_os(PAGES) {
        Some(folder) if args.iter().any(|arg| arg == "--test") => {
            (for_pages(&args, folder), name == Some(WITHOUT_EXAMPLES) || rustdoc(&args, &[]))
        }
        _ => (args.clone(), true),
    };
    let pages = rustdoc(&args, &[]);
    let json = !name.is_some_and(|name| libraries.contains(name))
        || rustdoc(&args, &["--cfg", "docsrs", "-Z", "unstable-options", "--output-format", "json"]);
    Some(if has_run && pages && json { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs rustdoc itself. With more arguments it is told that it may do what is not stable.
fn rustdoc(args: &[OsString], more: &[&str]) -> bool {
    let mut command = Command::new("rustdoc");
    command.args(args).args(more).env_remove(AS_RUSTDOC).env_remove("RUSTDOC");
    if !more.is_empty() {
        command.env("RUSTC_BOOTSTRAP", "1");
    }
    command.status().is_ok_and(|status| status.success())
}

/// The arguments that run examples, as those that write pages into a folder.
fn for_pages(args: &[OsString], folder: OsString) -> Vec<OsString> {
    let mut pages = Vec::new();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        if OF_EXAMPLES.iter().any(|name| arg == name) {
            args.next();
        } else if arg != "--test" && arg != "--no-run" {
            pages.push(arg.clone());
        }
    }
    pages.extend(["-D", "warnings", "--out-dir"].map(OsString::from));
    pages.push(folder);
    pages
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::words;

    #[test]
    fn pages_are_made_of_what_examples_are() {
        let words = |text| words(text).into_iter().map(OsString::from).collect::<Vec<_>>();
        let typed =
            words("--crate-name one --test src/lib.rs --test-run-directory /one --test-args a_name -L dependency=deps");
        let expected = words("--crate-name one src/lib.rs -L dependency=deps -D warnings --out-dir doc");
        assert_eq!(for_pages(&typed, "doc".into()), expected);
    }
}
