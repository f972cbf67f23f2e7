//! Checks that a release tag agrees with the version and the changelog.

use std::fs;

use crate::failure::{Failure, failed};
use crate::{metadata, shell};

/// Checks the tag that GitHub names, or the tag of the current version if there is none.
pub(crate) fn check() -> Result<(), Failure> {
    let changelog = fs::read_to_string(shell::root().join("CHANGELOG.md"))
        .map_err(|error| failed(format!("CHANGELOG.md: {error}")))?;
    let workspace = metadata::workspace()?;
    let published = workspace.iter().filter(|package| package.published);
    let versions: Vec<(&str, &str)> =
        published.map(|package| (package.name.as_str(), package.version.as_str())).collect();
    let tag = std::env::var("GITHUB_REF_NAME").unwrap_or_else(|_| {
        let version = versions.first().map_or("", |(_, version)| version);
        format!("v{version}")
    });
    let problems = judge(&tag, &versions, &changelog);
    println!("{tag}: {} crates", versions.len());
    if problems.is_empty() { Ok(()) } else { Err(failed(problems.join("\n"))) }
}

fn judge(tag: &str, versions: &[(&str, &str)], changelog: &str) -> Vec<String> {
    let Some(version) = tag.strip_prefix('v') else {
        return vec![format!("`{tag}` is not a tag of a version")];
    };
    let other = versions.iter().filter(|(_, theirs)| *theirs != version);
    let mut problems: Vec<String> = other.map(|(name, theirs)| format!("`{name}` has the version {theirs}")).collect();
    let dated = changelog.lines().any(|line| line.starts_with(&format!("## [{version}] - ")));
    if !dated {
        problems.push(format!("CHANGELOG.md has no section `## [{version}] - DATE`"));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_has_one_version_and_a_section_of_the_changelog() {
        let (versions, changelog) =
            ([("one", "0.2.0"), ("two", "0.2.0")], "## [Unreleased]\n## [0.2.0] - 2026-12-01\n");
        assert_eq!(judge("v0.2.0", &versions, changelog), Vec::<String>::new());
        for (tag, versions, changelog, problem) in [
            ("main", versions, changelog, "`main` is not a tag of a version"),
            ("v0.2.0", [("one", "0.2.0"), ("two", "0.1.0")], changelog, "`two` has the version 0.1.0"),
            ("v0.2.0", versions, "## [Unreleased]\n", "CHANGELOG.md has no section `## [0.2.0] - DATE`"),
            ("v0.2.0", versions, "## [0.2.0]\n", "CHANGELOG.md has no section `## [0.2.0] - DATE`"),
        ] {
            assert_eq!(judge(tag, &versions, changelog), [problem]);
        }
    }
}
