//! Makes a registry like crates.io after a publication, with our packed crates and all their dependencies.
//!
//! It is a directory in the format of `cargo vendor`. The other crates are links to what cargo has downloaded and unpacked.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::failure::{Failure, failed};
use crate::{package, shell};

/// Makes the registry, and the cargo configuration that selects it, in an empty directory.
pub(crate) fn make(folder: &Path) -> Result<(), Failure> {
    let crates = folder.join("registry");
    let packages = package::published()?;
    package::pack(&packages)?;
    others(&crates)?;
    for package in &packages {
        unpack(package, &crates)?;
    }
    let config = format!(
        "[source.crates-io]\nreplace-with = \"published\"\n\n[source.published]\ndirectory = {:?}\n",
        crates.display().to_string()
    );
    write(&folder.join(".cargo/config.toml"), &config)
}

/// Links every crate in `Cargo.lock` that is not ours.
fn others(crates: &Path) -> Result<(), Failure> {
    let unexpected = || failed("cargo metadata has another format than expected: packages, source, manifest_path");
    let sums = checksums()?;
    let json = shell::output(&mut shell::cargo("metadata --format-version 1 --all-features"))?;
    let metadata: Value = serde_json::from_str(&json).map_err(|_| unexpected())?;
    for package in metadata["packages"].as_array().ok_or_else(unexpected)? {
        if package["source"].is_null() {
            continue;
        }
        let name = folder_name(package);
        let source = package["manifest_path"].as_str().and_then(|manifest| Path::new(manifest).parent());
        let folder = crates.join(&name);
        for entry in fs::read_dir(source.ok_or_else(unexpected)?).map_err(|error| failed(format!("{name}: {error}")))? {
            let entry = entry.map_err(|error| failed(format!("{name}: {error}")))?;
            link(&entry.path(), &folder.join(entry.file_name()))?;
        }
        let sum = sums.get(&name).ok_or_else(|| failed(format!("Cargo.lock has no checksum of {name}")))?;
        write(&folder.join(".cargo-checksum.json"), &json!({"files": {}, "package": sum}).to_string())?;
    }
    Ok(())
}

fn folder_name(package: &Value) -> String {
    let text = |field: &str| package[field].as_str().unwrap_or_default().to_owned();
    format!("{}-{}", text("name"), text("version"))
}

/// Returns the checksum of each crate by name and version, from `Cargo.lock`.
fn checksums() -> Result<BTreeMap<String, String>, Failure> {
    let lock =
        fs::read_to_string(shell::root().join("Cargo.lock")).map_err(|error| failed(format!("Cargo.lock: {error}")))?;
    Ok(parse_lock(&lock))
}

fn parse_lock(lock: &str) -> BTreeMap<String, String> {
    let packages = lock.split("[[package]]").skip(1).filter_map(|package| {
        let field = |name: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(&format!("{name} = ")))?;
            Some(line.trim_matches('"').to_owned())
        };
        Some((format!("{}-{}", field("name")?, field("version")?), field("checksum")?))
    });
    packages.collect()
}

/// Unpacks one of our packed crates.
fn unpack(package: &Value, crates: &Path) -> Result<(), Failure> {
    let name = folder_name(package);
    let mut tar = Command::new("tar");
    tar.arg("-xzf").arg(shell::target().join("package").join(format!("{name}.crate"))).arg("-C").arg(crates);
    shell::run(&mut tar)?;
    write(&crates.join(name).join(".cargo-checksum.json"), "{\"files\": {}}")
}

fn write(path: &Path, content: &str) -> Result<(), Failure> {
    let io = |error| failed(format!("{}: {error}", path.display()));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(io)?;
    }
    fs::write(path, content).map_err(io)
}

#[cfg(unix)]
fn link(from: &Path, to: &Path) -> Result<(), Failure> {
    let io = |error| failed(format!("{}: {error}", to.display()));
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(io)?;
    }
    std::os::unix::fs::symlink(from, to).map_err(io)
}

#[cfg(not(unix))]
fn link(_: &Path, to: &Path) -> Result<(), Failure> {
    Err(failed(format!("{}: needs symbolic links, as on Unix", to.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_read_from_the_lock_file() {
        let lock = "version = 4\n\n[[package]]\nname = \"ours\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"url\"\n\
                    version = \"2.5.8\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\n\
                    checksum = \"ff67\"\ndependencies = [\n \"idna\",\n]\n";
        let sums = parse_lock(lock);
        assert_eq!(sums.into_iter().collect::<Vec<_>>(), [("url-2.5.8".to_owned(), "ff67".to_owned())]);
    }
}
