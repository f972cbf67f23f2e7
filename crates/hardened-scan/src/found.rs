//! The findings of one file, which are reported with lines and columns.

use std::{collections::BTreeMap, ops::Range};

use hardened_core::{
    finding::{Message, Name},
    message,
    rule::Rule,
};

use crate::{
    finding::Finding,
    judge::{
        credential::{Credential, Kind},
        name,
    },
    lines::Lines,
    place::Place,
    report::Report,
    rule::sources::{SCAN_CODE_LITERAL, SCAN_CREDENTIAL},
};

/// The findings of one file. Each part of the text has at most one finding: the first one stays.
#[derive(Default)]
pub(crate) struct Found {
    /// The findings, by the byte offset at which the wrong part begins.
    all: BTreeMap<usize, One>,
}

struct One {
    end: usize,
    rule: Rule,
    name: Name,
    fact: Message,
}

impl Found {
    /// Adds a finding for a part of the text, unless it overlaps another one.
    pub(crate) fn add(&mut self, part: Range<usize>, rule: Rule, name: &str, fact: impl Into<Message>) {
        let one = One { end: part.end, rule, name: name::shown(name), fact: fact.into() };
        self.insert(part.start, one);
    }

    fn insert(&mut self, start: usize, one: One) {
        let end = one.end.max(start + 1);
        let overlaps =
            self.all.range(..end).next_back().is_some_and(|(begin, known)| *begin >= start || known.end > start);
        if !overlaps {
            self.all.insert(start, one);
        }
    }

    /// Adds a finding for a value that the code contains for the secret with this name.
    pub(crate) fn literal(&mut self, part: Range<usize>, name: &str) {
        self.add(part, SCAN_CODE_LITERAL, name, "the value of this secret is written in the code");
    }

    /// Adds a finding for a credential that is recognised by its form.
    pub(crate) fn credential(&mut self, credential: Credential) {
        let at = credential.at;
        self.credential_of(credential.kind, at..at + 1);
    }

    pub(crate) fn credential_of(&mut self, kind: Kind, part: Range<usize>) {
        let (name, fact) = match kind {
            Kind::Issued => ("key", message!("this has the form of a key of a known issuer")),
            Kind::PrivateKey => ("private_key", message!("this is a private key")),
            Kind::Token => ("token", message!("this is a signed token")),
            Kind::Password => ("password", message!("this address has a password")),
        };
        self.add(part, SCAN_CREDENTIAL, name, fact);
    }

    /// Drops the findings of one rule.
    pub(crate) fn without(mut self, rule: Rule) -> Self {
        self.all.retain(|_, one| one.rule != rule);
        self
    }

    /// Adds the findings of another pass over the same file, where they do not overlap known ones.
    pub(crate) fn merge(&mut self, other: Self) {
        other.all.into_iter().for_each(|(start, one)| self.insert(start, one));
    }

    /// Reports all findings, in the order of the text.
    pub(crate) fn report(self, place: &Place, text: &str, report: &mut Report) {
        let (mut lines, mut counted) = (Lines::default(), 0);
        for (at, One { rule, name, fact, .. }) in self.all {
            lines = lines.after(text.as_bytes().get(counted..at).unwrap_or_default());
            counted = at;
            let (line, column) = lines.line_and_column();
            report.add(Finding::new(rule, name, place.clone().at(line, column), fact));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::Position;

    #[test]
    fn lines_and_columns_are_counted_from_one_and_each_part_is_told_once() {
        let mut found = Found::default();
        for part in [10..11, 0..1, 4..6, 4..5, 5..6, 3..5, 1..2] {
            found.literal(part, "a");
        }
        let mut report = Report::default();
        found.report(&Place::file("a.rs"), "ab\ncd\n\né x", &mut report);
        let places: Vec<_> = report.findings().iter().map(|finding| finding.place().position()).collect();
        let at = |line, column| Position::Line { line, column };
        assert_eq!(places, [at(1, 1), at(1, 2), at(2, 2), at(4, 3)]);
    }
}
