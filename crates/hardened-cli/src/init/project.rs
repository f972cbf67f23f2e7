//! Finds the project.

use std::{
    fs,
    path::{Path, PathBuf},
};

use toml::{Table, Value};

use crate::output;

const MANIFEST: &str = "Cargo.toml";

/// A cargo project: the nearest directory with a manifest, and the root of its workspace.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Project {
    /// The directory of the package, or of the workspace if that is nearest.
    pub(super) package: PathBuf,
    /// The root of the workspace, or the package if there is no workspace.
    pub(super) root: PathBuf,
}

impl Project {
    /// Finds the project that contains a directory, as cargo does: upwards to the nearest manifest, and from there to the root of
    /// the workspace.
    pub(super) fn find(start: &Path) -> Result<Self, String> {
        let start = fs::canonicalize(start).map_err(|_| format!("{} is not a directory", output::path(start)))?;
        let Some(package) = start.ancestors().find(|directory| directory.join(MANIFEST).is_file()) else {
            return Err(format!(
                "{} is not in a cargo project: there is no {MANIFEST} in it or above it; `cargo init` creates one",
                output::path(&start)
            ));
        };
        let manifest = read(package)?;
        let root = root(package, &manifest)?;
        Ok(Self { package: package.to_owned(), root })
    }
}

fn root(package: &Path, manifest: &Table) -> Result<PathBuf, String> {
    if manifest.contains_key("workspace") {
        return Ok(package.to_owned());
    }
    if let Some(named) = manifest.get("package").and_then(|package| package.get("workspace")).and_then(Value::as_str) {
        let root = fs::canonicalize(package.join(named));
        return root.map_err(|_| format!("{MANIFEST} names a workspace that does not exist"));
    }
    for directory in package.ancestors().skip(1).filter(|directory| directory.join(MANIFEST).is_file()) {
        // A manifest above that cannot be read is not our concern.
        if let Some(workspace) = read(directory).ok().as_ref().and_then(|manifest| manifest.get("workspace")) {
            let root = if excludes(directory, workspace, package) { package } else { directory };
            return Ok(root.to_owned());
        }
    }
    Ok(package.to_owned())
}

/// Returns whether a workspace excludes a package.
fn excludes(root: &Path, workspace: &Value, package: &Path) -> bool {
    let listed = |key: &str| {
        let paths = workspace.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        paths.map(|path| root.join(path)).collect::<Vec<_>>()
    };
    let excluded = listed("exclude").iter().any(|path| package.starts_with(path));
    excluded && !listed("members").iter().any(|path| package == path)
}

fn read(directory: &Path) -> Result<Table, String> {
    let path = directory.join(MANIFEST);
    let text = fs::read_to_string(&path).map_err(|_| format!("cannot read {}", output::path(&path)))?;
    text.parse().map_err(|_| format!("{} is not valid TOML; `cargo check` shows where", output::path(&path)))
}
