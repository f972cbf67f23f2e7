//! Writes the documentation, as pages and as JSON.
//!
//! `cargo doc` would compile all dependencies once more, only for their types. To build everything only once, the pages can
//! be written when rustdoc runs the examples of the documentation, with the dependencies of the tests.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::process::{Command, ExitCode};

use serde_json::Value;

use crate::failure::{Failure, failed};
use crate::{package, shell};

/// The variable that tells this program that cargo started it instead of rustdoc, and for which crates to write JSON too.
const AS_RUSTDOC: &str = "XTASK_AS_RUSTDOC";

/// The variable that names the directory for pages when the program is started to run examples.
const PAGES: &str = "XTASK_PAGES";

/// The options with a value that rustdoc accepts only when it runs examples.
const OF_EXAMPLES: [&str; 4] = ["--test-run-directory", "--test-args", "--test-runtool", "--test-runtool-arg"];

/// The crate without its own examples: those of the macro need the library, so they are in the library's documentation.
const WITHOUT_EXAMPLES: &str = "hardened_derive";

/// The unpublished packages whose documentation people read.
const READ: [&str; 1] = ["taskflow"];

/// Writes the documentation that people read; a warning is an error.
pub(crate) fn check() -> Result<(), Failure> {
    let packages = package::published()?;
    let mut command = shell::cargo("doc --no-deps --all-features");
    READ.iter().copied().chain(packages.iter().filter_map(|one| one["name"].as_str())).for_each(|name| {
        command.args(["--package", name]);
    });
    // The `cfg` is not used. It makes cargo distinguish these pages from those of a plain `cargo doc`, which have no JSON.
    command.env("RUSTDOCFLAGS", "-D warnings --cfg with_json");
    shell::run(in_place_of_rustdoc(&mut command, &packages)?)
}

/// Makes a run of the documentation's examples write the pages too; a warning is an error.
pub(crate) fn with_pages(command: &mut Command) -> Result<&mut Command, Failure> {
    let folder = shell::target().join("doc");
    in_place_of_rustdoc(command.env(PAGES, folder), &package::published()?)
}

fn in_place_of_rustdoc<'c>(command: &'c mut Command, packages: &[Value]) -> Result<&'c mut Command, Failure> {
    let libraries: Vec<String> = packages.iter().filter(|one| package::is_library(one)).map(crate_name).collect();
    Ok(command.env("RUSTDOC", shell::this_program()?).env(AS_RUSTDOC, libraries.join(",")))
}

/// Reads the JSON that rustdoc wrote for a library.
pub(crate) fn json(package: &Value) -> Result<Value, Failure> {
    let file = shell::target().join("doc").join(format!("{}.json", crate_name(package)));
    let text = fs::read(&file).map_err(|error| failed(format!("{}: {error}", file.display())))?;
    serde_json::from_slice(&text).map_err(|error| failed(format!("{}: {error}", file.display())))
}

/// Returns the name of a crate in code.
pub(crate) fn crate_name(package: &Value) -> String {
    package["name"].as_str().unwrap_or_default().replace('-', "_")
}

/// Runs rustdoc if cargo has started this program instead of it: for the pages, and again for the JSON, with the marks of
/// features as on docs.rs. JSON and marks are unstable. Only that one run gets permission to use them, because it would
/// change what the compiler and the build scripts do.
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

/// Runs rustdoc itself. With further arguments, it may use unstable options.
fn rustdoc(args: &[OsString], more: &[&str]) -> bool {
    let mut command = Command::new("rustdoc");
    command.args(args).args(more).env_remove(AS_RUSTDOC).env_remove("RUSTDOC");
    if !more.is_empty() {
        command.env("RUSTC_BOOTSTRAP", "1");
    }
    command.status().is_ok_and(|status| status.success())
}

/// Converts the arguments that run examples into those that write pages into a directory.
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
