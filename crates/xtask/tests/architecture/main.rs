//! In every crate, files do not depend on one another in a cycle, and crates use only the crates below them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod arrows;
mod documents;
mod house;
mod messages;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use arrows::Arrows;
use house::House;

/// The crates under these rules, each with its sources, its root file and the crates of ours that it may use.
const CRATES: &[(&str, &str, &str, &[&str])] = &[
    ("hardened_core", "crates/hardened-core/src", "lib.rs", &[]),
    ("hardened_strength", "crates/hardened-strength/src", "lib.rs", &["hardened_core"]),
    ("hardened_audit", "crates/hardened-audit/src", "lib.rs", &["hardened_core", "hardened_strength"]),
    ("hardened_verify", "crates/hardened-verify/src", "lib.rs", &["hardened_core", "hardened_strength"]),
    ("hardened_derive", "crates/hardened-derive/src", "lib.rs", &[]),
    ("hardened_scan", "crates/hardened-scan/src", "lib.rs", &["hardened_core", "hardened_strength"]),
    ("hardened", "src", "lib.rs", &["hardened_core", "hardened_strength", "hardened_derive"]),
    ("hardened_testing", "crates/hardened-testing/src", "lib.rs", &["hardened", "hardened_scan"]),
    (
        "hardened",
        "crates/hardened-cli/src",
        "main.rs",
        &["hardened", "hardened_audit", "hardened_core", "hardened_scan", "hardened_strength", "hardened_verify"],
    ),
    (
        "xtask",
        "crates/xtask/src",
        "main.rs",
        &["hardened", "hardened_audit", "hardened_core", "hardened_scan", "hardened_strength", "hardened_verify"],
    ),
];

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn houses() -> Vec<(House, &'static [&'static str])> {
    CRATES
        .iter()
        .map(|(name, source, root, below)| {
            // Paths never name a binary.
            let name = if *root == "main.rs" { "" } else { name };
            (House::read(name, &repository().join(source), root), *below)
        })
        .collect()
}

#[test]
fn no_files_depend_on_one_another_in_a_cycle() {
    let mut circles = Vec::new();
    for (house, _) in houses() {
        let arrows = Arrows::of(&house);
        circles.extend(arrows.circles().iter().map(|circle| (house.name.clone(), explain(&arrows, circle))));
    }
    assert!(circles.is_empty(), "{circles:#?}");
}

/// Returns the arrows inside a cycle.
fn explain(arrows: &Arrows, circle: &BTreeSet<PathBuf>) -> Vec<String> {
    let inside = |file: &PathBuf| {
        let used = arrows.files.get(file).into_iter().flatten().filter(|other| circle.contains(*other));
        used.map(|other| format!("{} -> {}", file.display(), other.display())).collect::<Vec<_>>()
    };
    circle.iter().flat_map(inside).collect()
}

#[test]
fn every_path_resolves_to_something_that_exists() {
    let unknown: Vec<_> = houses().iter().flat_map(|(house, _)| Arrows::of(house).unknown).collect();
    assert!(unknown.is_empty(), "{unknown:#?}");
}

#[test]
fn every_file_belongs_to_a_module() {
    for (house, _) in houses() {
        let of_modules: BTreeSet<_> = house.modules.values().map(|module| module.file.clone()).collect();
        let known: BTreeSet<_> = of_modules.union(&house.tests).cloned().collect();
        let is_stray = |file: &&PathBuf| !is_below_tests(file);
        let strays: Vec<_> = house.files().difference(&known).filter(is_stray).cloned().collect();
        assert!(strays.is_empty(), "{}: {strays:#?}", house.name);
    }
}

/// Returns whether a file is below a module of tests.
fn is_below_tests(file: &Path) -> bool {
    file.iter().any(|part| part == "tests")
}

#[test]
fn a_crate_uses_only_crates_below_it() {
    for (house, below) in houses() {
        let strangers: Vec<_> =
            Arrows::of(&house).crates.into_iter().filter(|(name, _)| !below.contains(&name.as_str())).collect();
        assert!(strangers.is_empty(), "{}: {strangers:#?}", house.name);
    }
}

#[test]
fn a_cycle_and_an_unknown_name_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("lib.rs", "mod one;\nmod two;\npub use self::one::One;\n");
    write("one.rs", "use crate::two::Two;\npub struct One(Two);\n");
    write("two.rs", "pub struct Two;\nfn back() { call!(crate::One) }\nfn lost() { crate::nowhere::nothing() }\n");
    let arrows = Arrows::of(&House::read("small", folder.path(), "lib.rs"));
    assert_eq!(arrows.circles(), [BTreeSet::from(["one.rs".into(), "two.rs".into()])]);
    assert_eq!(arrows.unknown, BTreeSet::from([("two.rs".into(), "crate::nowhere::nothing".to_owned())]));
}
