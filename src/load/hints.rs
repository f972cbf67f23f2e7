//! What helps a person whose service was refused on their own machine.

use std::{fs, path::Path};

use super::upwards;
use crate::{Environment, Message, message, tier::Undeclared};

/// The largest file that is looked into for the name of the variable.
const MAX_BYTES: u64 = 64 * 1024;

/// The hints of a refusal in which no tier was declared, on what may be a person's own machine.
///
/// Such a machine is either not prepared yet, or it is, and its preparation did not reach this process: cargo's `[env]`
/// reaches `cargo run` and `cargo test`, neither a debugger nor a binary that is started directly, and a variable that
/// is set to nothing hides it.
pub(super) fn hints(environment: &Environment, undeclared: Undeclared) -> Vec<Message> {
    let Undeclared { variable, is_blank } = undeclared;
    let is_prepared = is_prepared(environment, variable);
    let blank = || message!("a blank ", variable, " hides the one in cargo's [env]: unset it");
    let debugger = || {
        message!(
            "a debugger does not read cargo's [env]: set ",
            variable,
            "=development in its `env`, or use `cargo run`"
        )
    };
    let not_prepared = || {
        "on your own machine? `hardened init` prepares it: tier development, fresh keys in a git-ignored .env".into()
    };
    [(!is_prepared).then(not_prepared), is_blank.then(blank), (is_prepared || is_blank).then(debugger)]
        .into_iter()
        .flatten()
        .collect()
}

/// Whether the working directory, or one above it in the workspace, was prepared for development.
fn is_prepared(environment: &Environment, variable: &str) -> bool {
    let Some(directory) = environment.current_directory() else { return false };
    let find = |name| upwards::find(&directory, name);
    find(".env").is_some_and(|path| path.is_file())
        || find(".cargo/config.toml").is_some_and(|path| mentions(&path, variable))
}

/// Whether a small regular file contains the name.
fn mentions(path: &Path, name: &str) -> bool {
    let is_small = fs::metadata(path).is_ok_and(|found| found.is_file() && found.len() <= MAX_BYTES);
    is_small && fs::read_to_string(path).is_ok_and(|text| text.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(environment: &Environment, is_blank: bool) -> Vec<String> {
        let undeclared = Undeclared { variable: "ENVIRONMENT", is_blank };
        hints(environment, undeclared).iter().map(ToString::to_string).collect()
    }

    const INIT: &str =
        "on your own machine? `hardened init` prepares it: tier development, fresh keys in a git-ignored .env";
    const BLANK: &str = "a blank ENVIRONMENT hides the one in cargo's [env]: unset it";
    const DEBUGGER: &str =
        "a debugger does not read cargo's [env]: set ENVIRONMENT=development in its `env`, or use `cargo run`";

    #[test]
    fn a_machine_that_is_not_prepared_is_sent_to_init() {
        assert_eq!(printed(&Environment::empty(), false), [INIT]);
    }

    #[test]
    fn a_blank_variable_names_what_it_hides() {
        assert_eq!(printed(&Environment::empty(), true), [INIT, BLANK, DEBUGGER]);
    }

    #[test]
    fn a_prepared_machine_is_told_of_the_debugger() {
        for (file, text) in [(".env", ""), (".cargo/config.toml", "[env]\nENVIRONMENT = \"development\"\n")] {
            let root = std::env::temp_dir().join(format!("hardened-hints-{}-{}", std::process::id(), text.len()));
            let inside = root.join("crates/api");
            fs::create_dir_all(&inside).unwrap();
            fs::create_dir_all(root.join(".cargo")).unwrap();
            fs::write(root.join("Cargo.lock"), "").unwrap();
            fs::write(root.join(file), text).unwrap();
            let environment = Environment::empty().working_directory(&inside);
            let found = printed(&environment, false);
            fs::remove_dir_all(&root).unwrap();
            assert_eq!(found, [DEBUGGER], "{file}");
        }
    }

    #[test]
    fn a_directory_called_env_prepares_nothing() {
        let root = std::env::temp_dir().join(format!("hardened-hints-{}-directory", std::process::id()));
        fs::create_dir_all(root.join(".env")).unwrap();
        let found = printed(&Environment::empty().working_directory(&root), false);
        fs::remove_dir_all(&root).unwrap();
        assert_eq!(found, [INIT]);
    }
}
