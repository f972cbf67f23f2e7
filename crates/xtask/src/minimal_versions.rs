//! Checks that the lowest versions that the manifests state work, and that the library works together with old crates.
//!
//! The crates that users depend on are copied without tests and programs, so that versions that only those need do not
//! count.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::failure::{Failure, failed};
use crate::{package, shell};

/// The library and the crates that are part of it.
const LIBRARY: [&str; 4] = ["hardened", "hardened-core", "hardened-derive", "hardened-strength"];

/// The tools. They do not depend on the library, and need newer versions of shared dependencies.
const TOOLS: [&str; 5] = ["hardened-audit", "hardened-core", "hardened-scan", "hardened-strength", "hardened-verify"];

/// The crates for tests: the library together with a tool.
const TESTING: [&str; 6] =
    ["hardened", "hardened-core", "hardened-derive", "hardened-scan", "hardened-strength", "hardened-testing"];

/// Dependencies of a few features that need newer versions of dependencies that they share with the library.
const HEAVY: [&str; 7] = ["cookie", "governor", "hyper", "hyper-util", "jsonwebtoken", "sqlx", "tokio-rustls"];
const HEAVY_FEATURES: [&str; 6] = ["attempts", "cookies", "guard", "jwt", "serve", "sqlx"];

/// The lowest versions with which cargo finds a solution for all features and for the tools.
const WITH_HEAVY: &[(&str, &str)] = &[
    ("bytes", "1.7.1"),
    ("log", "0.4.18"),
    ("pin-project-lite", "0.2.12"),
    ("serde_json", "1.0.142"),
    ("subtle", "2.5.0"),
    ("thiserror", "2.0.18"),
    ("tokio", "1.38.0"),
    ("tracing", "0.1.37"),
    ("zeroize", "1.8.2"),
];

/// The same for the library together with a tool.
const WITH_TOOL: &[(&str, &str)] = &[("log", "0.4.20"), ("proc-macro2", "1.0.95")];

/// Crates that limit the versions of the library's dependencies, each with the reason.
const NEIGHBOURS: &[(&str, &str)] = &[
    // It needs `subtle` below 2.5.
    ("argon2", "0.3"),
];

/// Compiles the libraries with the lowest versions that their manifests state, then with each neighbour.
pub(crate) fn check() -> Result<(), Failure> {
    let folder = shell::target().join("minimal");
    let features = light_features()?;
    copy(&folder.join("light"), &LIBRARY, without_heavy)?;
    lowest(&folder.join("light"), &["--package", "hardened", "--features", &features])?;
    copy(&folder.join("all"), &LIBRARY, with_heavy)?;
    lowest(&folder.join("all"), &["--package", "hardened", "--all-features"])?;
    copy(&folder.join("tools"), &TOOLS, with_heavy)?;
    lowest(&folder.join("tools"), &["--workspace", "--all-features"])?;
    copy(&folder.join("testing"), &TESTING, with_tool)?;
    lowest(&folder.join("testing"), &["--package", "hardened-testing", "--all-features"])?;
    for (name, version) in NEIGHBOURS {
        let project = folder.join(name);
        let manifest = format!(
            "[package]\nname = \"with-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [dependencies]\n{name} = \"{version}\"\nhardened = {{ path = '{}' }}\n",
            shell::root().display()
        );
        write(&project.join("Cargo.toml"), manifest)?;
        write(&project.join("src/lib.rs"), String::new())?;
        shell::run(&mut cargo(&project, "check --quiet"))?;
        println!("compiles together with {name} {version}");
    }
    Ok(())
}

/// Compiles a copy with the lowest versions: with these arguments, then the whole workspace with the default features.
fn lowest(workspace: &Path, features: &[&str]) -> Result<(), Failure> {
    let mut update = cargo(workspace, "update --quiet -Z direct-minimal-versions");
    // The option is unstable, and the compiler is the stable one.
    shell::run(update.env("RUSTC_BOOTSTRAP", "1"))?;
    shell::run(cargo(workspace, "check --quiet").args(features))?;
    shell::run(&mut cargo(workspace, "check --quiet --workspace"))
}

fn cargo(folder: &Path, arguments: &str) -> Command {
    let mut command = shell::cargo(arguments);
    command.current_dir(folder).env("CARGO_TARGET_DIR", shell::target().join("minimal/target"));
    command
}

/// Returns the features of the library that do not need the heavy dependencies.
fn light_features() -> Result<String, Failure> {
    let packages = crate::metadata::workspace()?;
    let library = packages.into_iter().find(|package| package.name == "hardened");
    let features = library.ok_or_else(|| failed("the workspace has no package `hardened`"))?.features;
    let light = features.into_iter().filter(|feature| !HEAVY_FEATURES.contains(&feature.as_str()));
    Ok(light.collect::<Vec<_>>().join(","))
}

/// Copies some packages without what only their tests need, and with changed manifests.
fn copy(workspace: &Path, names: &[&str], change: fn(&str) -> String) -> Result<(), Failure> {
    if workspace.exists() {
        fs::remove_dir_all(workspace).map_err(|error| failed(format!("{}: {error}", workspace.display())))?;
    }
    let root = shell::root();
    let mut members = Vec::new();
    let is_chosen = |package: &&Value| names.iter().any(|name| package["name"] == *name);
    for package in package::published()?.iter().filter(is_chosen) {
        let manifest = package["manifest_path"].as_str().map(PathBuf::from);
        let folder = manifest.as_deref().and_then(Path::parent).and_then(|folder| folder.strip_prefix(&root).ok());
        let folder = folder.ok_or_else(|| failed("a published crate is outside of the repository"))?;
        members.push(format!("{:?}", folder.display().to_string()));
        let files = ["Cargo.toml", "README.md", "src", "docs"].map(|file| folder.join(file));
        let mut git = Command::new("git");
        git.args(["ls-files", "--cached", "--others", "--exclude-standard", "--"]).args(files).current_dir(&root);
        for file in shell::output(&mut git)?.lines().filter(|file| root.join(file).is_file()) {
            let bytes = fs::read(root.join(file)).map_err(|error| failed(format!("{file}: {error}")))?;
            let bytes = if file.ends_with("Cargo.toml") {
                change(&without_tests(&String::from_utf8_lossy(&bytes))).into_bytes()
            } else {
                bytes
            };
            write(&workspace.join(file), bytes)?;
        }
    }
    let root = root.join("Cargo.toml");
    let text = fs::read_to_string(&root).map_err(|error| failed(format!("{}: {error}", root.display())))?;
    let text = change(&without_tests(&text));
    // Without the library, there is no package at the root.
    let text = if names.contains(&"hardened") { &text } else { text.split("[package]").next().unwrap_or_default() };
    let members = format!("members = [{}]", members.join(", "));
    let lines = text.lines().map(|line| if line.starts_with("members = ") { members.as_str() } else { line });
    write(&workspace.join("Cargo.toml"), lines.collect::<Vec<_>>().join("\n"))
}

/// Removes the sections of tests, examples and benchmarks from a manifest.
fn without_tests(manifest: &str) -> String {
    const SECTIONS: [&str; 5] = ["[dev-dependencies", "[[test]]", "[[example]]", "[[bench]]", "[profile."];
    let mut left_out = false;
    let kept = manifest.lines().filter(|line| {
        if line.starts_with('[') {
            left_out = SECTIONS.iter().any(|section| line.starts_with(section));
        }
        let key = line.starts_with("default-members = ") || line.starts_with("exclude = ");
        !left_out && !key
    });
    kept.map(|line| format!("{line}\n")).collect()
}

/// Removes the heavy dependencies from a manifest.
fn without_heavy(manifest: &str) -> String {
    let kept = manifest.lines().filter(|line| !HEAVY.iter().any(|name| line.starts_with(&format!("{name} = {{"))));
    let mut text: String = kept.map(|line| format!("{line}\n")).collect();
    for name in HEAVY {
        text = text.replace(&format!("\"dep:{name}\", "), "").replace(&format!("\"dep:{name}\""), "");
    }
    text
}

/// Sets the versions that the heavy dependencies need in a manifest.
fn with_heavy(manifest: &str) -> String {
    with(WITH_HEAVY, manifest)
}

/// Sets the versions that the library and a tool need together in a manifest.
fn with_tool(manifest: &str) -> String {
    with(WITH_TOOL, &with_heavy(manifest))
}

fn with(versions: &[(&str, &str)], manifest: &str) -> String {
    let lines = manifest.lines().map(|line| {
        // A line of this form can also be a feature with the name of a dependency.
        let is_of = |name: &str| {
            line.strip_prefix(name).is_some_and(|rest| rest.starts_with(" = ") && !rest.starts_with(" = ["))
        };
        let needed = versions.iter().find(|(name, _)| is_of(name));
        let mut parts: Vec<&str> = line.split('"').collect();
        if let (Some((_, version)), Some(stated)) = (needed, parts.get_mut(1)) {
            *stated = version;
        }
        parts.join("\"") + "\n"
    });
    lines.collect()
}

fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<(), Failure> {
    let io = |error| failed(format!("{}: {error}", path.display()));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(io)?;
    }
    fs::write(path, content).map_err(io)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_loses_what_only_tests_need() {
        let manifest = "[workspace]\nmembers = [\"a\"]\nexclude = [\"b\"]\n[dependencies]\nurl = \"2\"\n\
                        [dev-dependencies]\nproptest = \"1\"\n[dev-dependencies.tokio]\nversion = \"1\"\n\
                        [[test]]\nname = \"one\"\n[lints]\nworkspace = true\n";
        let kept = "[workspace]\nmembers = [\"a\"]\n[dependencies]\nurl = \"2\"\n[lints]\nworkspace = true\n";
        assert_eq!(without_tests(manifest), kept);
    }

    #[test]
    fn heavy_dependencies_go_or_raise_the_versions() {
        let manifest = "sqlx = [\"dep:log\", \"dep:sqlx\"]\njwt = [\"dep:jsonwebtoken\"]\nsubtle = []\n[dependencies]\n\
                        sqlx = { version = \"0.9\" }\nsubtle = { version = \"2.4\", optional = true }\nurl = \"2\"\n";
        let light = "sqlx = [\"dep:log\", ]\njwt = []\nsubtle = []\n[dependencies]\n\
                     subtle = { version = \"2.4\", optional = true }\nurl = \"2\"\n";
        assert_eq!(without_heavy(manifest), light);
        assert_eq!(with_heavy(manifest), manifest.replace("\"2.4\"", "\"2.5.0\""));
    }
}
