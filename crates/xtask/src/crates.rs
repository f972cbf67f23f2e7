//! Limits how many crates a user of the library compiles.

use std::collections::BTreeSet;

use crate::args::takes_none;
use crate::failure::{Failure, failed};
use crate::shell;

/// The maximum number of foreign crates in a user's tree, with the default features and without `files`.
const BOUNDS: [(&str, &str, usize); 2] =
    [("the default tree", "", 78), ("the tree without `files`", "--no-default-features --features derive,cors", 66)];

/// One crate of the tree.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Crate {
    pub(crate) name: String,
    pub(crate) version: String,
}

/// Runs the task.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    takes_none("crates", args)?;
    check()
}

/// Prints the numbers, and fails if one is above its bound.
pub(crate) fn check() -> Result<(), Failure> {
    for (name, features, bound) in BOUNDS {
        let is_ours = |found: &&Crate| found.name.starts_with("hardened");
        let tree = tree_with(features)?;
        let ours = tree.iter().filter(is_ours).count();
        let count = tree.len() - ours;
        println!("{name} of `hardened`: {count} crates of others (must be at most {bound}) and {ours} of ours");
        if count > bound {
            return Err(failed(format!("{count} crates; must be at most {bound}")));
        }
    }
    Ok(())
}

/// Returns the crates that are compiled for the library with its default features on this machine: itself, its
/// dependencies, and their build dependencies.
pub(crate) fn tree() -> Result<BTreeSet<Crate>, Failure> {
    tree_with("")
}

fn tree_with(features: &str) -> Result<BTreeSet<Crate>, Failure> {
    let mut command = shell::cargo("tree --package hardened --edges normal,build --prefix none");
    Ok(parse(&shell::output(command.args(shell::words(features)))?))
}

/// Parses the output of `cargo tree`, which lists a crate for each path to it, marked `(*)` after the first.
fn parse(lines: &str) -> BTreeSet<Crate> {
    lines
        .lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            let name = words.next()?.to_owned();
            let version = words.next()?.strip_prefix('v')?.to_owned();
            Some(Crate { name, version })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_counts_once_for_each_of_its_versions() {
        let tree = parse(
            "hardened v0.1.0 (/somewhere/hardened)\n\
             serde_derive v1.0.229 (proc-macro)\n\
             syn v2.0.1\n\
             syn v3.0.10\n\
             syn v3.0.10 (*)\n\
             \n",
        );
        let names: Vec<_> = tree.iter().map(|one| format!("{} {}", one.name, one.version)).collect();
        assert_eq!(names, ["hardened 0.1.0", "serde_derive 1.0.229", "syn 2.0.1", "syn 3.0.10"]);
    }
}
