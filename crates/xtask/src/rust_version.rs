//! Checks that every manifest states the minimum Rust version, and that no dependency needs a newer one.

use std::process::Command;

use crate::failure::{Failure, failed};
use crate::metadata::{self, Package};
use crate::{crates, shell};

/// The command that compiles everything except `sqlx`, which needs a newer Rust, and programs that use the derive.
const WITHOUT_SQLX: &str = "cargo check --locked --package hardened --features health,serve,jwt,axum,connections --example \
                            quickstart --test all";

/// Compiles the library with the minimum Rust version that it promises, which rustup installs.
pub(crate) fn compile() -> Result<(), Failure> {
    let workspace = metadata::workspace()?;
    let library = workspace.iter().find(|package| package.name == "hardened");
    let Some(version) = library.and_then(|library| library.rust_version.clone()) else {
        return Err(failed("the manifest of `hardened` states no rust-version"));
    };
    shell::run(Command::new("rustup").args(["toolchain", "install", &version, "--profile", "minimal"]))?;
    let mut check = Command::new("rustup");
    check.args(["run", &version]).args(shell::words(WITHOUT_SQLX)).current_dir(shell::root());
    shell::run(check.env("CARGO_TARGET_DIR", shell::root().join("target/oldest")))
}

/// Checks every manifest, and the dependencies that users compile by default.
pub(crate) fn check() -> Result<(), Failure> {
    let workspace = metadata::workspace()?;
    let tree = crates::tree()?;
    let users: Vec<Package> = metadata::everything()?
        .into_iter()
        .filter(|package| tree.iter().any(|one| one.name == package.name && one.version == package.version))
        .collect();
    let problems = judge(&workspace, &users);
    if problems.is_empty() {
        println!("{} manifests, {} crates of the default tree", workspace.len(), users.len());
        Ok(())
    } else {
        Err(failed(problems.join("\n")))
    }
}

fn judge(workspace: &[Package], users: &[Package]) -> Vec<String> {
    let Some(stated) =
        workspace.iter().find(|package| package.name == "hardened").and_then(|library| library.rust_version.as_deref())
    else {
        return vec!["the manifest of `hardened` states no rust-version".to_owned()];
    };
    let silent = workspace
        .iter()
        .filter(|package| package.rust_version.is_none())
        .map(|package| format!("the manifest of `{}` states no rust-version", package.name));
    let different = workspace
        .iter()
        .filter(|package| package.published)
        .filter_map(|package| Some((package, package.rust_version.as_deref()?)))
        .filter(|(_, theirs)| *theirs != stated)
        .map(|(package, theirs)| format!("`{}` states {theirs}, not {stated}", package.name));
    let newer = users
        .iter()
        .filter_map(|package| Some((package, package.rust_version.as_deref()?)))
        .filter(|(_, theirs)| numbers(theirs) > numbers(stated))
        .map(|(package, theirs)| format!("`{} {}` needs {theirs}, above {stated}", package.name, package.version));
    silent.chain(different).chain(newer).collect()
}

/// Converts `1.88` to `[1, 88, 0]`.
fn numbers(version: &str) -> [u32; 3] {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    std::array::from_fn(|_| parts.next().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, rust_version: Option<&str>) -> Package {
        Package {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            rust_version: rust_version.map(str::to_owned),
            features: Vec::new(),
            published: true,
            is_library: true,
        }
    }

    #[test]
    fn manifests_that_agree_pass() {
        let workspace = [package("hardened", Some("1.88")), package("cli", Some("1.88"))];
        let users = [package("old", Some("1.9.1")), package("same", Some("1.88.0"))];
        assert_eq!(judge(&workspace, &users), Vec::<String>::new());
    }

    #[test]
    fn a_manifest_that_says_nothing_is_named() {
        let workspace = [package("hardened", Some("1.88")), package("cli", None)];
        assert_eq!(judge(&workspace, &[]), ["the manifest of `cli` states no rust-version"]);
    }

    #[test]
    fn a_published_manifest_that_says_otherwise_is_named() {
        let workspace = [package("hardened", Some("1.88")), package("cli", Some("1.90"))];
        assert_eq!(judge(&workspace, &[]), ["`cli` states 1.90, not 1.88"]);
    }

    #[test]
    fn an_example_that_is_not_published_may_need_a_newer_rust() {
        let example = Package { published: false, ..package("taskflow", Some("1.94")) };
        assert!(judge(&[package("hardened", Some("1.88")), example], &[]).is_empty());
    }

    #[test]
    fn a_dependency_that_needs_a_newer_rust_is_named() {
        let workspace = [package("hardened", Some("1.88"))];
        let users = [package("new", Some("1.100"))];
        assert_eq!(judge(&workspace, &users), ["`new 1.0.0` needs 1.100, above 1.88"]);
    }
}
