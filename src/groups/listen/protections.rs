//! The protections that need no setting, and whether each is on.

use super::docs_paths::DOCS_PATHS;
use crate::{
    finding::Reported,
    load::Reader,
    rule::{self, Rule},
};

/// The subject of a waiver that turns a protection off.
pub(crate) const SUBJECT: &str = "http";

/// The rules that the layer enforces.
const RULES: [Rule; 11] = [
    rule::HTTP_HOST,
    rule::HTTP_HSTS,
    rule::HTTP_NOSNIFF,
    rule::HTTP_FRAME,
    rule::HTTP_CSP,
    rule::HTTP_REFERRER,
    rule::HTTP_PERMISSIONS,
    rule::HTTP_RESOURCE,
    rule::HTTP_CACHE,
    rule::HTTP_SOFTWARE,
    rule::HTTP_ERROR_BODY,
];

/// The rules that the layer enforces in this run.
#[derive(Debug, Clone)]
#[cfg_attr(not(feature = "http"), expect(dead_code, reason = "only the layer asks; a waiver counts all the same"))]
pub(crate) struct Protections {
    upheld: Vec<Rule>,
    /// The paths of API documentation that answer 404.
    pub(crate) hidden: Vec<&'static str>,
    /// The paths of API documentation that are shown.
    pub(crate) shown: Vec<&'static str>,
    /// Whether this is a release build.
    pub(crate) release_build: bool,
    /// Whether the service runs in a container.
    pub(crate) in_container: bool,
}

#[cfg(feature = "http")]
impl Protections {
    /// Returns whether the layer enforces a rule.
    pub(crate) fn uphold(&self, rule: Rule) -> bool {
        self.upheld.contains(&rule)
    }
}

impl Protections {
    /// Returns the protections of this run. It reads no variable: the tier and the waivers decide.
    ///
    /// # Errors
    ///
    /// Never.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Reported> {
        reader.judges(&["docs-", "http-"]);
        let upheld = RULES.into_iter().filter(|rule| reader.upholds(*rule, SUBJECT)).collect();
        let all_hidden = reader.upholds(rule::DOCS_PUBLIC, SUBJECT);
        let hides = |path: &&'static str| all_hidden && reader.upholds(rule::DOCS_PUBLIC, path);
        let (hidden, shown) = DOCS_PATHS.into_iter().partition(hides);
        Ok(Self {
            upheld,
            hidden,
            shown,
            release_build: reader.is_release_build(),
            in_container: reader.is_in_container(),
        })
    }
}
