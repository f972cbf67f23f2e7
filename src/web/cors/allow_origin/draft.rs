//! The origins of a policy while they are being checked.

use std::collections::HashSet;

use crate::{
    Setting, Violation,
    finding::Message,
    load::Reason,
    message,
    origin::OriginPattern,
    rule,
    schema::{Kind, origin_violations, pattern_placement},
};

/// Origins as they were written: those that can be read, and every mistake.
#[derive(Debug, Clone, Default)]
pub(in crate::web::cors) struct Draft {
    patterns: Vec<OriginPattern>,
    seen: HashSet<OriginPattern>,
    mistakes: Vec<Mistake>,
    count: usize,
}

/// One mistake, and the reason why it is accepted, if it is.
#[derive(Debug, Clone)]
pub(in crate::web::cors) struct Mistake {
    pub(in crate::web::cors) violation: Violation,
    pub(in crate::web::cors) accepted: Option<Reason>,
}

impl From<Violation> for Mistake {
    fn from(violation: Violation) -> Self {
        Self { violation, accepted: None }
    }
}

impl Draft {
    /// Reads one more origin. `accepted` is the reason for a waiver of the rules about its place.
    pub(in crate::web::cors) fn push(&mut self, text: &str, accepted: Option<&Reason>) {
        self.count += 1;
        match OriginPattern::parse(text.trim()) {
            Ok(pattern) => self.place(pattern, accepted),
            Err(error) => origin_violations(&error).into_iter().for_each(|violation| self.note(violation, None)),
        }
    }

    fn place(&mut self, pattern: OriginPattern, accepted: Option<&Reason>) {
        let misplaced = pattern_placement(&pattern);
        // A reserved name needs no waiver because no attacker can register it: it stays a warning.
        let (dangers, others): (Vec<_>, Vec<_>) =
            misplaced.into_iter().partition(|violation| violation.rule() != rule::HOST_RESERVED);
        match accepted {
            Some(reason) if reason.text().trim().is_empty() => {
                self.note(Violation::new(rule::WAIVER_INVALID, "a waiver needs a reason"), None);
            }
            Some(_) if dangers.is_empty() => {
                self.note(Violation::new(rule::WAIVER_UNUSED, "the waiver is not needed"), None);
            }
            _ => {}
        }
        dangers.into_iter().for_each(|violation| self.note(violation, accepted.cloned()));
        others.into_iter().for_each(|violation| self.note(violation, None));
        if self.seen.insert(pattern.clone()) {
            self.patterns.push(pattern);
        } else {
            self.note(Violation::new(rule::CORS_DUPLICATE, Message::from("already in the list")), None);
        }
    }

    fn note(&mut self, violation: Violation, accepted: Option<Reason>) {
        let violation = violation.prefixed(message!("item ", self.count, ": "));
        self.mistakes.push(Mistake { violation, accepted });
    }

    /// Returns whether no origins were written at all.
    pub(in crate::web::cors) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Returns all mistakes.
    pub(in crate::web::cors) fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
    }

    /// Returns the origins that could be read.
    pub(in crate::web::cors) fn patterns(&self) -> &[OriginPattern] {
        &self.patterns
    }

    /// Puts the origins of a setting, which have already been checked, in front.
    pub(in crate::web::cors) fn preceded_by(&mut self, setting: &Self) {
        self.count += setting.count;
        let added = self.patterns.drain(..).filter(|pattern| !setting.seen.contains(pattern));
        self.patterns = setting.patterns.iter().cloned().chain(added.collect::<Vec<_>>()).collect();
    }
}

/// Origins and patterns, separated by commas; white space around each is dropped. Parsing never fails, so that every
/// mistake of every item is a finding; those without a waiver are reported as flaws and refuse the start.
impl Setting for Draft {
    const KIND: Kind = Kind::List { of: &Kind::Origin };
    const FAMILIES: &'static [&'static str] = &["cors-", "host-", "origin-"];

    fn parse(text: &str) -> Result<Self, Violation> {
        let mut draft = Self::default();
        // A JSON list is one item: otherwise each piece of it would be reported as a separate mistake.
        let items = if text.trim().starts_with('[') { vec![text] } else { text.split(',').collect() };
        items.into_iter().for_each(|item| draft.push(item, None));
        Ok(draft)
    }

    fn flaws(&self) -> Vec<Violation> {
        self.mistakes.iter().map(|mistake| mistake.violation.clone()).collect()
    }
}
