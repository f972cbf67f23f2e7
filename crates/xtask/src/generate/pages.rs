//! Runs the test `pages` of the command line tool, which makes the pages.

use crate::failure::Failure;
use crate::{package, shell};

/// The names of the pages. The test of each page has it in its own name.
pub(super) const NAMES: [&str; 7] = ["rules", "tiers", "asvs", "manifest", "verification", "audit", "scan"];

/// Compares or writes all pages, or only one.
pub(super) fn run(write: bool, name: Option<&str>) -> Result<(), Failure> {
    // The options are those of a test of the whole workspace, so that nothing is compiled again.
    let mut command = shell::cargo(&format!("test --quiet {} --all-features --test pages --", package::TOGETHER));
    command.args(name);
    if write {
        command.env("HARDENED_PAGES", "write");
    }
    shell::run(&mut command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_page_has_a_test() {
        let file = shell::root().join("crates/hardened-cli/tests/pages/main.rs");
        let source = std::fs::read_to_string(file).unwrap_or_default();
        for name in NAMES {
            assert_eq!(source.matches(&format!("(\"{name}\", \"docs/")).count(), 1, "{name}");
            assert_eq!(source.matches(&format!("_{name}_is_in_step()")).count(), 1, "{name}");
        }
    }
}
