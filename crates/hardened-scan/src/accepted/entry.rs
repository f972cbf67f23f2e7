//! One accepted finding.

use hardened_core::text::glob;

use super::date::Date;
use crate::{finding::Finding, rule};

/// What is accepted, where, and how long.
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
