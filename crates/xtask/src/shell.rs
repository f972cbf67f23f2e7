//! Runs other programs from the root of the repository, and shows each command before it runs.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use crate::failure::{Failure, failed};

/// The variables that `.ci/run` sets for compiling this repository. Other projects are compiled without them, as by users.
pub(crate) const OUR_COMPILER: [&str; 2] = ["RUSTC_WORKSPACE_WRAPPER", "RUSTFLAGS"];

/// Returns the root of the repository.
pub(crate) fn root() -> PathBuf {
    // The variable at run time comes first, because a shared target directory may hold a binary compiled elsewhere.
    let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| OsString::from(env!("CARGO_MANIFEST_DIR")));
    let here = PathBuf::from(here);
    here.ancestors().nth(2).map_or_else(|| here.clone(), PathBuf::from)
}

/// Returns the target directory.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// Returns the cargo that started this task with these arguments, which are separated by spaces.
pub(crate) fn cargo(arguments: &str) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    command.args(words(arguments)).current_dir(root());
    // The variables that `cargo run` set for this crate must not reach the crates built from here: a process that a test
    // starts must see the same environment as under a plain `cargo test`.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// Returns the path of this program. Only the first call determines it, because cargo may replace the file of a running
/// program; `main` makes that call at its start.
pub(crate) fn this_program() -> Result<PathBuf, Failure> {
    static PLACE: OnceLock<Option<PathBuf>> = OnceLock::new();
    let place = PLACE.get_or_init(|| std::env::current_exe().ok());
    place.clone().ok_or_else(|| failed("the path of this program is not known"))
}

/// Shows the command, runs it, and fails if it fails.
pub(crate) fn run(command: &mut Command) -> Result<(), Failure> {
    let shown = show(command);
    println!("$ {shown}");
    let status = command.status().map_err(|error| failed(format!("{shown}: {error}")))?;
    if status.success() { Ok(()) } else { Err(failed(format!("{shown}: {status}"))) }
}

/// Runs the command and returns its standard output; standard error stays visible.
pub(crate) fn output(command: &mut Command) -> Result<String, Failure> {
    let shown = show(command);
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| failed(format!("{shown}: {error}")))?;
    if !output.status.success() {
        return Err(failed(format!("{shown}: {}", output.status)));
    }
    String::from_utf8(output.stdout).map_err(|error| failed(format!("{shown}: {error}")))
}

/// Splits a text at white space.
pub(crate) fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// Returns the command as it could be typed.
pub(crate) fn show(command: &Command) -> String {
    let set = command
        .get_envs()
        .filter_map(|(name, value)| Some(format!("{}={}", name.to_string_lossy(), quoted(&value?.to_string_lossy()))));
    let program = PathBuf::from(command.get_program());
    let program = program.file_name().unwrap_or(command.get_program()).to_string_lossy();
    let arguments = command.get_args().map(|argument| quoted(&argument.to_string_lossy()));
    set.chain([program.into_owned()]).chain(arguments).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_=/.,:+@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shown_command_can_be_typed() {
        let mut command = Command::new("/usr/bin/cargo");
        command.env("RUSTDOCFLAGS", "-D warnings").env_remove("HOME").args(["doc", "it's", ""]);
        assert_eq!(show(&command), r"RUSTDOCFLAGS='-D warnings' cargo doc 'it'\''s' ''");
    }

    #[test]
    fn the_root_holds_this_crate() {
        assert!(root().join("crates/xtask/Cargo.toml").is_file());
    }

    #[test]
    fn a_program_that_fails_is_named_with_its_status() {
        let Err(failure) = run(cargo("no-such-subcommand").stderr(Stdio::null())) else { panic!("not refused") };
        assert!(failure.to_string().contains("no-such-subcommand: exit"), "{failure}");
    }

    #[test]
    fn a_program_that_does_not_exist_is_named() {
        let Err(failure) = run(&mut Command::new("no-such-program")) else { panic!("not refused") };
        assert!(failure.to_string().starts_with("no-such-program: "), "{failure}");
    }
}
