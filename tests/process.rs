//! Core dumps: which ways of loading forbid them for the process.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(all(target_os = "linux", feature = "derive"))]

use std::{
    fs,
    os::unix::{fs::MetadataExt, process::CommandExt},
    process::Command,
};

use hardened::{Config, Loaded, Loader, rule};

#[derive(Debug, Config)]
struct Settings {
    /// Where it listens.
    #[config(default = 8080)]
    port: u16,
}

#[derive(Debug, Config)]
#[config(loader = keeps_core_dumps)]
struct Debuggable {
    /// Where it listens.
    #[config(default = 8080)]
    port: u16,
}

fn keeps_core_dumps(loader: Loader) -> Loader {
    loader.waive(rule::PROCESS_CORE_DUMPS, "process", "our crash reporter attaches")
}

/// The variable that tells the child process which way to load.
const CHILD: &str = "HARDENED_TEST_CORE_DUMPS";

/// Returns whether this process is dumpable and may write core dumps. The files of a dumpable process in `/proc` belong to its
/// user.
fn state() -> String {
    let limits = fs::read_to_string("/proc/self/limits").unwrap();
    let limit = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    let is_zero = limit.split_whitespace().filter(|word| *word == "0").count() == 2;
    let is_dumpable = fs::metadata("/proc/self/environ").unwrap().uid() != 0;
    format!("dumpable: {is_dumpable}, no core: {is_zero}")
}

fn child(way: &str) {
    match way {
        "itself" => hardened::process::no_core_dumps().unwrap(),
        "or exit" => {
            let settings = Settings::load_or_exit();
            assert_eq!((settings.port, Loaded::report(&settings).findings().len()), (8080, 0));
        }
        "waived" => {
            let settings = Debuggable::load_or_exit();
            let waiver = &Loaded::report(&settings).waivers()[0];
            assert_eq!((settings.port, waiver.rule(), waiver.is_used()), (8080, rule::PROCESS_CORE_DUMPS, true));
        }
        "load" => assert_eq!(Settings::load().unwrap().port, 8080),
        _ => panic!("{way}"),
    }
    println!("{}", state());
}

/// Each row runs in a separate process, because forbidding core dumps cannot be undone.
#[test]
fn load_or_exit_forbids_core_dumps_in_preview_and_production() {
    if let Some(way) = std::env::var_os(CHILD) {
        return child(way.to_str().unwrap());
    }
    for (way, tier, forbidden) in [
        ("itself", "development", true),
        ("or exit", "production", true),
        ("or exit", "preview", true),
        ("or exit", "test", false),
        ("or exit", "development", false),
        ("waived", "production", false),
        ("load", "production", false),
    ] {
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", "process::load_or_exit_forbids_core_dumps_in_preview_and_production", "--nocapture"]);
        child.env_clear().env(CHILD, way).env("ENVIRONMENT", tier).current_dir("/");
        if fs::metadata("/proc/self").unwrap().uid() == 0 {
            // The files of a process that is not dumpable belong to root, so root itself would see no difference.
            child.uid(65_534);
        }
        let output = child.output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{way} {tier}: {said}");
        let dumpable = format!("dumpable: {}", !forbidden);
        assert!(said.contains(&dumpable), "{way} {tier}: {said}");
        assert!(!forbidden || said.contains("no core: true"), "{way} {tier}: {said}");
    }
}
