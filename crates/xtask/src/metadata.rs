//! Reads what cargo knows about the packages.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::failure::{Failure, failed};
use crate::shell;

/// A package of the workspace, or one of its dependencies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    /// The minimum Rust version that its manifest states.
    pub(crate) rust_version: Option<String>,
    /// The names of its features, except `default`.
    pub(crate) features: Vec<String>,
    /// Whether it can be published.
    pub(crate) published: bool,
    /// Whether it has a library; a procedural macro does not count.
    pub(crate) is_library: bool,
}

/// Returns the packages of the workspace.
pub(crate) fn workspace() -> Result<Vec<Package>, Failure> {
    parse(&shell::output(&mut shell::cargo("metadata --format-version 1 --no-deps"))?)
}

/// Returns the packages of the workspace and all their dependencies on this machine's target.
pub(crate) fn everything() -> Result<Vec<Package>, Failure> {
    let mut command = shell::cargo("metadata --format-version 1 --filter-platform");
    command.arg(host()?);
    parse(&shell::output(&mut command)?)
}

/// Returns the directory of a package that the workspace depends on.
pub(crate) fn folder(name: &str) -> Result<PathBuf, Failure> {
    let unexpected = || failed(format!("cargo metadata does not name a folder for `{name}`"));
    let json = shell::output(&mut shell::cargo("metadata --format-version 1 --all-features"))?;
    let metadata: Value = serde_json::from_str(&json).map_err(|_| unexpected())?;
    let packages = metadata["packages"].as_array().ok_or_else(unexpected)?;
    let manifest =
        packages.iter().find(|package| package["name"] == name).and_then(|package| package["manifest_path"].as_str());
    manifest.and_then(|manifest| Path::new(manifest).parent()).map(Path::to_path_buf).ok_or_else(unexpected)
}

/// Returns this machine's target triple.
pub(crate) fn host() -> Result<String, Failure> {
    let version = shell::output(&mut shell::cargo("--version --verbose"))?;
    version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .ok_or_else(|| failed("cargo --version --verbose does not name a host"))
}

fn parse(json: &str) -> Result<Vec<Package>, Failure> {
    let unexpected = || failed("cargo metadata has another format than expected: packages, name, version");
    let metadata: Value =
        serde_json::from_str(json).map_err(|error| failed(format!("cargo metadata did not write JSON: {error}")))?;
    let packages = metadata["packages"].as_array().ok_or_else(unexpected)?;
    packages.iter().map(|value| package(value).ok_or_else(unexpected)).collect()
}

fn package(value: &Value) -> Option<Package> {
    let features = value["features"].as_object()?;
    Some(Package {
        name: value["name"].as_str()?.to_owned(),
        version: value["version"].as_str()?.to_owned(),
        rust_version: value["rust_version"].as_str().map(str::to_owned),
        features: features.keys().filter(|name| *name != "default").cloned().collect(),
        // `null` means every registry, `[]` means none.
        published: value["publish"].as_array().is_none_or(|registries| !registries.is_empty()),
        is_library: value["targets"]
            .as_array()?
            .iter()
            .any(|target| target["kind"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind == "lib"))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_read_from_the_json() {
        let packages = parse(
            r#"{"packages":[{"name":"a","version":"1.0.0","rust_version":"1.88","publish":[],
                "targets":[{"kind":["lib"]},{"kind":["test"]}],"features":{"default":["x"],"x":[],"y":["dep:z"]}}]}"#,
        );
        assert_eq!(
            packages,
            Ok(vec![Package {
                name: "a".to_owned(),
                version: "1.0.0".to_owned(),
                rust_version: Some("1.88".to_owned()),
                features: vec!["x".to_owned(), "y".to_owned()],
                published: false,
                is_library: true,
            }])
        );
    }

    #[test]
    fn json_of_another_shape_is_an_error() {
        for json in ["", "{}", r#"{"packages":[{"name":"a"}]}"#] {
            assert!(parse(json).is_err(), "{json}");
        }
    }
}
