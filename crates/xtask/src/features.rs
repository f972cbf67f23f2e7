//! Checks that every feature of the library works alone.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::failure::{Failure, failed};
use crate::{metadata, package, shell};

/// Checks the library with no feature, and with each of its features alone.
///
/// It uses clippy instead of `cargo check`: code that only another feature uses is then an error, and the step `clippy` has
/// already compiled the dependencies.
pub(crate) fn check() -> Result<(), Failure> {
    let packages = metadata::workspace()?;
    let library = packages
        .iter()
        .find(|package| package.name == "hardened")
        .ok_or_else(|| failed("the workspace has no package `hardened`"))?;
    clippy("")?;
    library.features.iter().try_for_each(|feature| clippy(feature))
}

/// Compares the dependencies of `crates/bare` with those of the library, as a step of `ci`.
pub(crate) fn compare_bare() -> Result<(), Failure> {
    bare_agrees(&package::all()?)
}

/// Checks that `hardened-bare`, which is the library without features for the tests, has the same dependencies as the
/// library without features.
fn bare_agrees(packages: &[Value]) -> Result<(), Failure> {
    let dependencies = |name: &str| -> BTreeSet<String> {
        let package = packages.iter().find(|package| package["name"] == name);
        let all = package.and_then(|package| package["dependencies"].as_array()).into_iter().flatten();
        let always = all.filter(|one| one["kind"].is_null() && one["optional"] == false);
        always
            .map(|one| {
                // Our own crates are in the workspace, so their version requirement does not matter.
                let version = if one["path"].is_null() { &one["req"] } else { &Value::Null };
                format!("{} {version} {} {}", one["name"], one["features"], one["uses_default_features"])
            })
            .collect()
    };
    let (library, bare) = (dependencies("hardened"), dependencies("hardened-bare"));
    let differing: Vec<_> = library.symmetric_difference(&bare).map(String::as_str).collect();
    if !library.is_empty() && differing.is_empty() {
        Ok(())
    } else {
        Err(failed(format!("the dependencies of hardened and crates/bare differ: {}", differing.join("; "))))
    }
}

fn clippy(feature: &str) -> Result<(), Failure> {
    // The second package has the dependencies of the library without features, and the macros of the workspace.
    let mut command = shell::cargo("clippy --package hardened --package hardened-bare --no-default-features");
    if !feature.is_empty() {
        command.arg("--features").arg(format!("hardened/{feature}"));
    }
    shell::run(command.args(["--", "-D", "warnings"]))
}
