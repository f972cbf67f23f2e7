//! After `hardened init`, a typical backend starts on its developer's machine.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::{fs, process::Command};

use hardened::{Environment, Loaded, Loader, ProductionConfig, Tier};

#[test]
fn the_preset_starts_in_a_project_that_init_prepared() {
    let project = std::env::temp_dir().join(format!("hardened-starts-{}", std::process::id()));
    fs::create_dir_all(project.join("src")).unwrap();
    fs::write(project.join("Cargo.toml"), "[package]\nname = \"service\"\nversion = \"0.1.0\"\n").unwrap();
    let init = Command::new(env!("CARGO_BIN_EXE_hardened")).args(["init", "--path"]).arg(&project).output().unwrap();
    assert!(init.status.success(), "{init:?}");

    let environment = Environment::empty().set("ENVIRONMENT", "development").working_directory(&project);
    let outcome = Loader::new().environment(environment).load::<ProductionConfig>();
    fs::remove_dir_all(&project).unwrap();
    assert_eq!(Loaded::tier(&outcome.expect("the service starts")), Tier::Development);
}
