//! All findings of one run, and which fields they reject.

use std::collections::BTreeSet;

use crate::{
    finding::{Finding, Severity},
    report::Omitted,
};

/// The maximum number of findings kept for one rule and severity. A broken file can have hundreds of thousands.
const MAX_OF_A_KIND: usize = 100;

/// The findings of a run in progress.
#[derive(Debug, Default)]
pub(super) struct Findings {
    kept: Vec<Finding>,
    kinds: Vec<Omitted>,
    rejected: BTreeSet<String>,
}

impl Findings {
    /// Adds a finding. Of each kind, only the first hundred are kept; the others are only counted.
    pub(super) fn push(&mut self, finding: Finding) {
        if finding.severity == Severity::Error && !finding.field.is_empty() {
            self.rejected.insert(finding.field.clone());
        }
        if self.count_of_its_kind(&finding) <= MAX_OF_A_KIND {
            self.kept.push(finding);
        }
    }

    /// Counts a finding and returns how many of its kind there are so far.
    fn count_of_its_kind(&mut self, finding: &Finding) -> usize {
        let is_it = |kind: &&mut Omitted| kind.rule == finding.rule && kind.severity == finding.severity;
        if let Some(kind) = self.kinds.iter_mut().find(is_it) {
            kind.count += 1;
            kind.count
        } else {
            self.kinds.push(Omitted { rule: finding.rule, severity: finding.severity, count: 1 });
            1
        }
    }

    /// Returns whether any finding is an error.
    pub(super) fn has_error(&self) -> bool {
        self.kinds.iter().any(|kind| kind.severity == Severity::Error)
    }

    /// Returns whether an error is about the field at this path or about a group that contains it.
    pub(super) fn rejects(&self, path: &str) -> bool {
        let ends = path.match_indices('.').map(|(dot, _)| dot).chain([path.len()]);
        ends.filter_map(|end| path.get(..end)).any(|group| self.rejected.contains(group))
    }

    /// Returns the findings, errors first, and how many of each kind were left out.
    pub(super) fn sorted(mut self) -> (Vec<Finding>, Vec<Omitted>) {
        self.kept.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        let left_out = |kind: Omitted| {
            let count = kind.count.checked_sub(MAX_OF_A_KIND).filter(|count| *count > 0)?;
            Some(Omitted { count, ..kind })
        };
        (self.kept, self.kinds.into_iter().filter_map(left_out).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        finding::{Message, Name},
        rule::{self, Rule},
    };

    fn finding(rule: Rule, severity: Severity, field: &str) -> Finding {
        Finding {
            rule,
            severity,
            subject: Name::declared("NAME"),
            field: field.to_owned(),
            message: Message::new(),
            remedy: Message::new(),
            provenance: None,
        }
    }

    #[test]
    fn of_each_kind_the_first_hundred_are_kept_and_the_rest_counted() {
        for (count, kept, left_out) in [(1, 1, 0), (99, 99, 0), (100, 100, 0), (101, 100, 1), (20_000, 100, 19_900)] {
            let mut findings = Findings::default();
            for _ in 0..count {
                findings.push(finding(rule::WAIVER_INVALID, Severity::Error, ""));
            }
            let (found, omitted) = findings.sorted();
            assert_eq!(found.len(), kept, "{count}");
            assert_eq!(omitted.iter().map(|kind| kind.count).sum::<usize>(), left_out, "{count}");
        }
    }

    #[test]
    fn an_error_behind_many_warnings_of_its_rule_is_kept() {
        let mut findings = Findings::default();
        for _ in 0..200 {
            findings.push(finding(rule::WAIVER_UNUSED, Severity::Warning, ""));
        }
        assert!(!findings.has_error());
        findings.push(finding(rule::WAIVER_UNUSED, Severity::Error, "port"));
        assert!(findings.has_error() && findings.rejects("port"));
        let (found, _) = findings.sorted();
        assert_eq!(found.first().map(|finding| finding.severity), Some(Severity::Error));
    }

    #[test]
    fn an_error_rejects_its_field_and_the_fields_of_its_group() {
        let mut findings = Findings::default();
        findings.push(finding(rule::SETTING_MALFORMED, Severity::Error, "jwt"));
        findings.push(finding(rule::SETTING_MALFORMED, Severity::Warning, "port"));
        findings.push(finding(rule::SETTING_MALFORMED, Severity::Error, ""));
        for (path, rejected) in [
            ("jwt", true),
            ("jwt.issuer", true),
            ("jwt.limits.most", true),
            ("jwtx", false),
            ("port", false),
            ("a.jwt", false),
        ] {
            assert_eq!(findings.rejects(path), rejected, "{path}");
        }
    }
}
