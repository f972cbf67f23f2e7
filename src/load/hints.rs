//! Hints for a developer whose service was refused on their own machine.

use std::{
    fs,
    path::{Path, PathBuf},
};

use hardened_core::upwards;

use crate::{
    Environment,
    finding::Message,
    message,
    tier::{TierNames, Undeclared},
};

/// The size of the largest file that is searched for the name of the variable.
const MAX_BYTES: u64 = 64 * 1024;

/// Returns the hints for a refusal without a declared tier, on what may be a developer's own machine.
///
/// Such a machine is not set up yet, or its setup did not reach this process: cargo's `[env]` reaches only `cargo run`
/// and `cargo test`, `.env` cannot name the tier, and a blank variable hides one in cargo's `[env]`.
pub(super) fn hints(environment: &Environment, undeclared: Undeclared) -> Vec<Message> {
    let Undeclared { variable, is_blank } = undeclared;
    let is_in_cargo = find(environment, ".cargo/config.toml").is_some_and(|path| mentions(&path, variable));
    let has_dotenv = find(environment, ".env").is_some_and(|path| path.is_file());
    let mut hints = Vec::new();
    if !is_in_cargo && !has_dotenv {
        let init = match variable {
            "ENVIRONMENT" => "hardened init".into(),
            own => message!("hardened init --tier-variable ", own),
        };
        let told = "`: it writes a git-ignored .env with fresh keys and sets the tier to development.";
        hints.push(message!("Developing locally? Run `").then(init).with(told));
    }
    let usual = TierNames::default();
    if let Some(other) = usual.variables().iter().find(|name| **name != variable && environment.has(name)) {
        hints.push(message!(
            *other,
            " has no effect, because this service reads its tier from ",
            variable,
            ": set that one."
        ));
    }
    if is_blank {
        hints.push(message!("A blank ", variable, " hides the one in cargo's [env]: unset it."));
    }
    if has_dotenv && !is_in_cargo {
        hints.push(message!(
            "Developing locally? The file .env is not read, because it cannot set the tier: set ",
            variable,
            "=development in the environment of the process."
        ));
    }
    if is_in_cargo || is_blank {
        hints.push(message!(
            "cargo's [env] applies only to `cargo run` and `cargo test`: otherwise, set ",
            variable,
            "=development where you start the service."
        ));
    }
    hints
}

/// Returns the path of a file in the working directory, or above it in the workspace.
fn find(environment: &Environment, name: &str) -> Option<PathBuf> {
    upwards::find(&environment.current_directory()?, name)
}

/// Returns whether a small regular file contains the name.
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

    const INIT: &str = "Developing locally? Run `hardened init`: it writes a git-ignored .env with fresh keys and sets the tier to development.";
    const BLANK: &str = "A blank ENVIRONMENT hides the one in cargo's [env]: unset it.";
    const CARGO: &str = "cargo's [env] applies only to `cargo run` and `cargo test`: otherwise, set \
                         ENVIRONMENT=development where you start the service.";
    const DOTENV: &str = "Developing locally? The file .env is not read, because it cannot set the tier: set \
                          ENVIRONMENT=development in the environment of the process.";

    #[test]
    fn a_machine_that_is_not_prepared_is_sent_to_init() {
        assert_eq!(printed(&Environment::empty(), false), [INIT]);
    }

    #[test]
    fn the_command_knows_a_variable_of_the_services_own() {
        let undeclared = Undeclared { variable: "SERVICE_TIER", is_blank: true };
        let told =
            hints(&Environment::empty(), undeclared).iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        assert!(told.starts_with("Developing locally? Run `hardened init --tier-variable SERVICE_TIER`: "), "{told}");
        assert!(
            told.contains("A blank SERVICE_TIER hides") && told.contains("set SERVICE_TIER=development where"),
            "{told}"
        );
        assert!(!told.contains("ENVIRONMENT"), "{told}");
    }

    #[test]
    fn a_usual_tier_variable_has_no_effect_next_to_an_own_one() {
        let environment = Environment::empty().set("APP_ENV", "dev");
        let undeclared = Undeclared { variable: "SERVICE_TIER", is_blank: false };
        let told: Vec<_> = hints(&environment, undeclared).iter().map(ToString::to_string).collect();
        let other = "APP_ENV has no effect, because this service reads its tier from SERVICE_TIER: set that one.";
        assert!(told.iter().any(|hint| hint == other), "{told:?}");
    }

    #[test]
    fn a_blank_variable_names_what_it_hides() {
        assert_eq!(printed(&Environment::empty(), true), [INIT, BLANK, CARGO]);
    }

    #[test]
    fn a_prepared_machine_is_told_what_did_not_reach_the_process() {
        for (file, text, hint) in
            [(".env", "", DOTENV), (".cargo/config.toml", "[env]\nENVIRONMENT = \"development\"\n", CARGO)]
        {
            let root = std::env::temp_dir().join(format!("hardened-hints-{}-{}", std::process::id(), text.len()));
            let inside = root.join("crates/api");
            fs::create_dir_all(&inside).unwrap();
            fs::create_dir_all(root.join(".cargo")).unwrap();
            fs::write(root.join("Cargo.lock"), "").unwrap();
            fs::write(root.join(file), text).unwrap();
            let environment = Environment::empty().working_directory(&inside);
            let found = printed(&environment, false);
            fs::remove_dir_all(&root).unwrap();
            assert_eq!(found, [hint], "{file}");
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
