//! Checks that every published crate is complete and can be packed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::failure::{Failure, failed};
use crate::shell;

/// The packages that only `ci --full` builds, because nothing else needs their dependencies.
pub(crate) const APART: [&str; 3] = ["driver-tests", "hardened-benches", "hardened-other-frameworks"];

/// The arguments that select all other packages.
pub(crate) const TOGETHER: &str =
    "--workspace --exclude driver-tests --exclude hardened-benches --exclude hardened-other-frameworks";

/// The files that each package must contain.
const FILES: [&str; 3] = ["LICENSE-APACHE", "LICENSE-MIT", "README.md"];

/// The fields of a manifest that crates.io and docs.rs show.
const FIELDS: [&str; 9] = [
    "categories",
    "description",
    "documentation",
    "homepage",
    "keywords",
    "license",
    "readme",
    "repository",
    "rust_version",
];

/// Checks the manifests, then packs every published crate and checks the packages.
pub(crate) fn check() -> Result<(), Failure> {
    let packages = published()?;
    let mut problems: Vec<String> = packages.iter().flat_map(incomplete).collect();
    pack(&packages)?;
    for package in &packages {
        problems.extend(missing(package)?);
    }
    println!("in the order of publication: {}", packages.iter().map(name).collect::<Vec<_>>().join(", "));
    if problems.is_empty() { Ok(()) } else { Err(failed(problems.join("\n"))) }
}

/// Returns the manifests of the published crates, each after its dependencies.
pub(crate) fn published() -> Result<Vec<Value>, Failure> {
    // `null` means every registry, `[]` means none.
    let is_published = |package: &Value| package["publish"].as_array().is_none_or(|one| !one.is_empty());
    Ok(in_order(all()?.into_iter().filter(is_published).collect()))
}

/// Returns the manifests of the workspace.
pub(crate) fn all() -> Result<Vec<Value>, Failure> {
    let unexpected = || failed("cargo metadata has another format than expected: packages");
    let json = shell::output(&mut shell::cargo("metadata --format-version 1 --no-deps"))?;
    let metadata: Value = serde_json::from_str(&json).map_err(|_| unexpected())?;
    metadata["packages"].as_array().cloned().ok_or_else(unexpected)
}

/// Packs the crates from the working tree into `target/package`, without compiling them.
pub(crate) fn pack(packages: &[Value]) -> Result<(), Failure> {
    let mut command = shell::cargo("package --quiet --no-verify --allow-dirty");
    for package in packages {
        command.args(["--package", name(package)]);
    }
    shell::run(&mut command)
}

fn name(package: &Value) -> &str {
    package["name"].as_str().unwrap_or_default()
}

fn in_order(mut packages: Vec<Value>) -> Vec<Value> {
    let mut ordered: Vec<Value> = Vec::new();
    while !packages.is_empty() {
        let waits = |package: &Value| packages.iter().any(|other| needs(package, name(other)));
        let ready = packages.iter().position(|package| !waits(package)).unwrap_or(0);
        ordered.push(packages.remove(ready));
    }
    ordered
}

/// Returns whether a package must be published after another. Development dependencies do not count, because cargo leaves
/// out those without a version.
fn needs(package: &Value, other: &str) -> bool {
    let dependencies = package["dependencies"].as_array().into_iter().flatten();
    dependencies.filter(|one| one["kind"] != "dev").any(|one| one["name"] == other)
}

/// Returns what a manifest lacks.
fn incomplete(package: &Value) -> Vec<String> {
    let empty = |field: &Value| field.as_str().is_none_or(str::is_empty) && field.as_array().is_none_or(Vec::is_empty);
    let mut problems: Vec<String> = FIELDS
        .iter()
        .filter(|field| empty(&package[**field]))
        .map(|field| format!("the manifest of `{}` has no {field}", name(package)))
        .collect();
    // A program has no page on docs.rs.
    if is_library(package) && package["metadata"]["docs"]["rs"]["all-features"] != true {
        problems.push(format!("the manifest of `{}` has no [package.metadata.docs.rs] all-features", name(package)));
    }
    problems
}

/// Returns whether a package has a library.
pub(crate) fn is_library(package: &Value) -> bool {
    has_target(package, "lib")
}

fn has_target(package: &Value, kind: &str) -> bool {
    let targets = package["targets"].as_array().into_iter().flatten();
    targets.flat_map(|target| target["kind"].as_array().into_iter().flatten()).any(|one| one == kind)
}

/// Returns the files that a package lacks, and the licences that differ from the repository's.
fn missing(package: &Value) -> Result<Vec<String>, Failure> {
    let list = shell::output(shell::cargo("package --list --allow-dirty --package").arg(name(package)))?;
    let list: BTreeSet<&str> = list.lines().collect();
    let folder = package["manifest_path"].as_str().and_then(|manifest| Path::new(manifest).parent());
    let folder = folder.ok_or_else(|| failed("cargo metadata does not name a manifest"))?;
    let mut problems = Vec::new();
    for file in FILES {
        if !list.contains(file) {
            problems.push(format!("the package of `{}` has no {file}", name(package)));
        } else if file.starts_with("LICENSE")
            && fs::read(folder.join(file)).ok() != fs::read(shell::root().join(file)).ok()
        {
            problems.push(format!("{file} of `{}` differs from the repository's", name(package)));
        }
    }
    Ok(problems)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_built_apart_exists_and_is_left_out_of_the_rest() {
        let all = all().unwrap();
        for name in APART {
            assert!(all.iter().any(|package| package["name"] == name), "{name}");
        }
        let left_out: Vec<_> = TOGETHER.split(" --exclude ").skip(1).collect();
        assert_eq!(left_out, APART);
    }

    #[test]
    fn a_crate_is_published_after_what_it_depends_on() {
        let packages = vec![
            json!({"name": "top", "dependencies": [{"name": "middle", "kind": null}]}),
            json!({"name": "middle", "dependencies": [{"name": "bottom", "kind": null}, {"name": "top", "kind": "dev"}]}),
            json!({"name": "bottom", "dependencies": []}),
        ];
        let ordered = in_order(packages);
        assert_eq!(ordered.iter().map(name).collect::<Vec<_>>(), ["bottom", "middle", "top"]);
    }

    #[test]
    fn what_a_manifest_lacks_is_named() {
        let mut manifest = json!({
            "name": "one", "categories": ["config"], "description": "One", "documentation": "https://docs.rs/one",
            "homepage": "https://example.com", "keywords": ["one"], "license": "MIT", "readme": "README.md",
            "repository": "https://example.com", "rust_version": "1.88", "targets": [{"kind": ["lib"]}],
            "metadata": {"docs": {"rs": {"all-features": true}}},
        });
        assert_eq!(incomplete(&manifest), Vec::<String>::new());
        manifest["keywords"] = json!([]);
        manifest["readme"] = Value::Null;
        manifest["metadata"] = Value::Null;
        assert_eq!(
            incomplete(&manifest),
            [
                "the manifest of `one` has no keywords",
                "the manifest of `one` has no readme",
                "the manifest of `one` has no [package.metadata.docs.rs] all-features",
            ]
        );
        manifest["targets"] = json!([{"kind": ["bin"]}]);
        assert_eq!(incomplete(&manifest).len(), 2, "a program needs no page on docs.rs");
    }
}
