//! An accepted finding.

use hardened_core::text::glob;

use super::date::Date;
use crate::{
    finding::Finding,
    rule::{self, values},
};

/// The extent of a search, which decides whether an unused entry can be reported.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Searched {
    pub(crate) values: bool,
    pub(crate) sources: bool,
    /// Whether whole trees were searched, not only single files.
    pub(crate) trees: bool,
    /// Whether whole histories were searched, not only the latest commits.
    pub(crate) histories: bool,
}

/// An entry of the file: which findings are accepted, where, and until when.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) line: u32,
    pub(super) rule: rule::Rule,
    pub(super) subject: Option<String>,
    pub(super) path: Option<String>,
    pub(super) object: Option<String>,
    pub(super) expires: Option<Date>,
}

impl Entry {
    pub(super) fn is_valid(&self, today: Date) -> bool {
        self.expires.is_none_or(|expires| today <= expires)
    }

    /// Returns whether the search covered what the entry is about.
    pub(super) fn is_judged(&self, searched: Searched) -> bool {
        if !values::ALL.contains(&self.rule) {
            searched.sources && searched.trees
        } else if self.object.is_some() {
            searched.values && searched.histories
        } else {
            searched.values && (searched.trees || searched.histories)
        }
    }

    pub(super) fn is_about(&self, finding: &Finding) -> bool {
        let place = finding.place();
        let path = place.path().to_string_lossy().replace('\\', "/");
        let object = place.git().map(|git| [Some(git.object.as_str()), git.commit.as_deref()]);
        let is_object = |wanted: &str| object.iter().flatten().flatten().any(|name| name.starts_with(wanted));
        finding.rule() == self.rule
            && self.subject.as_deref().is_none_or(|subject| subject == finding.subject())
            && self.path.as_deref().is_none_or(|pattern| glob(pattern, &path))
            && self.object.as_deref().is_none_or(is_object)
    }
}
